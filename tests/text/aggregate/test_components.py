"""What is joined."""

from __future__ import annotations

from flows.text.aggregate.components import label_components


def test_joined_items_have_one_label() -> None:
    labels = label_components(5, [0, 3], [1, 4]).tolist()
    assert labels[0] == labels[1] != labels[2] != labels[3] == labels[4]
