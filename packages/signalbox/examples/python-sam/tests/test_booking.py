"""Tests of the workflow: `pytest`, or `python3 -m unittest discover tests`."""

import json
import unittest

from rehearsal import Rehearsal


class BookingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._opened = Rehearsal()
        cls.rehearsal = cls._opened.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls._opened.__exit__(None, None, None)

    def test_books_seats(self):
        found = self.rehearsal.run("BookingStateMachine", {"detail": {"area": "stalls", "count": 2}})

        self.assertEqual(found["status"], "SUCCEEDED")
        self.assertEqual(json.loads(found["output"]), {"total": 85, "seats": ["stalls-1", "stalls-2"]})

    def test_refuses_more_seats_than_there_are(self):
        found = self.rehearsal.run("BookingStateMachine", {"detail": {"area": "stalls", "count": 500}})

        self.assertEqual((found["status"], found["error"]), ("FAILED", "HouseFull"))


if __name__ == "__main__":
    unittest.main()
