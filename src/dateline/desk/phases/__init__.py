"""The phases of a pass, each of which can be broken off anywhere and taken up again."""
