"""The tests, by package; journeys and peers run the program itself."""
