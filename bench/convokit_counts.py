"""Run by ConvoKit's own Python: builds a Corpus of a file of utterances, counts, and prints JSON."""

import json
import sys
import time
from collections.abc import Mapping
from typing import Any

from convokit import Corpus  # type: ignore[import-not-found]


def main() -> None:
    """Everything from the imports to the last count is on the clock, as on our side."""
    begun, cpu = time.perf_counter(), time.process_time()
    counts = counted(Corpus(filename=sys.argv[1]))
    spent = {"seconds": time.perf_counter() - begun, "cpu_seconds": time.process_time() - cpu}
    print(json.dumps({"counts": counts, **spent}))


def counted(corpus: Any) -> Mapping[str, int]:  # noqa: ANN401 - a library without types
    """Who spoke, what was said, who answered whom, and which conversations another person answered."""
    replies, ties = 0, set()
    for said in corpus.iter_utterances():
        if said.reply_to is not None and corpus.has_utterance(said.reply_to):
            to = corpus.get_utterance(said.reply_to).speaker.id
            if to != said.speaker.id:
                replies += 1
                ties.add((said.speaker.id, to))
    opened = answered = 0
    for conversation in corpus.iter_conversations():
        if corpus.has_utterance(conversation.id):
            opener = corpus.get_utterance(conversation.id)
            opened += 1
            answered += any(said.speaker.id != opener.speaker.id for said in conversation.iter_utterances())
    return {
        "speakers": len(list(corpus.iter_speakers())),
        "utterances": len(corpus.get_utterance_ids()),
        "replies": replies,
        "ties": len(ties),
        "ties returned": sum((to, who) in ties for who, to in ties),
        "conversations": opened,
        "conversations answered": answered,
    }


if __name__ == "__main__":
    main()
