"""Page images read by text recognition: pages as the other readers make them, with how sure each line is."""
