"""How much a submission may take. All can be set; a limit that is hit costs the one answer that hit it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The limits of grading.

    Attributes
    ----------
    call : float
        Seconds that one call of an answer may take.
    submission : float
        Seconds that the answers of one submission may take in all.
    memory : int
        Bytes of memory that an answer may take.
    notebook : int
        Bytes that a notebook may have.
    reply : int
        Bytes that an answer may give back at a call.
    """

    call: float = 2.0
    submission: float = 10.0
    memory: int = 2**30
    notebook: int = 5 * 2**20
    reply: int = 2**20

    @property
    def processor(self) -> int:
        """Seconds of processor time that the kernel gives a process, should the judge not stop it before.

        It has at most `call` behind it when it gets another answer.
        """
        return int(self.call + max(self.submission, self.call)) + 1
