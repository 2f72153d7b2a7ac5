"""Files and pictures of a result document: the frozen document and labels in, bytes out."""
