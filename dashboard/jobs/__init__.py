"""Work that takes longer than a click: a kept queue, its worker, and what it leaves behind."""
