namespace Granary.Trainer.Collectives;

/// <summary>Files with which a node's ranks show who they are, and know the others.</summary>
/// <param name="Certificate">PEM: this node's certificate, then those between it and the authority.</param>
/// <param name="Key">PEM: the certificate's private key.</param>
/// <param name="Authority">PEM: the certificate of the authority that signs those of all nodes.</param>
internal sealed record RingCertificates(string Certificate, string Key, string Authority);
