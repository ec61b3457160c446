"""Object integrity proofs (FEP-8b32, cryptosuite eddsa-jcs-2022): who a document is by, whoever brings it. Pure."""

from speak.federation.integrity.canonical import canonical
from speak.federation.integrity.proofs import BadProof, Proof, fits, made, read_proof

__all__ = ["BadProof", "Proof", "canonical", "fits", "made", "read_proof"]
