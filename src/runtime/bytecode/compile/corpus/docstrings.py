def indented():
    """First line.

        Indented more.
    	Tab.
    Back.
      """
def only(): "just text"
def not_doc(): b"bytes"
def second():
    """   doc"""
    "no doc"
    return 1
class Documented:
    "A class."
def no_margin():
    """a
b
  c"""
