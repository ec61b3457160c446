"""Which machine is an agent, one that converses, and which only posts."""

import re

from speak.mirror.table import Kind

# Names under which assistants take part; a bot with one of these words in its name is an agent.
AGENTS = frozenset(
    {
        "agent",
        "ai",
        "aider",
        "chatbot",
        "chatgpt",
        "claude",
        "codex",
        "copilot",
        "cursor",
        "devin",
        "gemini",
        "gpt",
        "grok",
    }
    | {"mistral", "openai", "perplexity", "llm"}
)
WORD = re.compile(r"[a-z]+")


def kind_of_machine(name: str) -> Kind:
    """AGENT if its name says so, else BOT."""
    return Kind.AGENT if AGENTS & set(WORD.findall(name.casefold())) else Kind.BOT
