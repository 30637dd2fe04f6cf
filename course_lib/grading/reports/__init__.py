"""What is told to learners and instructors."""
