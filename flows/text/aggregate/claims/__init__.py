"""What the sentences of a story state, and which of them state the same.

In this package: what a sentence states (`statements`), which sentences could say the same (`pairing`,
`likeness`), whether they do (`agreement`), and the claims made of them (`joining`). Who makes them, how
independently, and what follows is told beside it: `sources`, `conflicts`, `timeline`; all is put together
in `claim_building`.
"""
