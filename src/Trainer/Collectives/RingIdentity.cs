using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Granary.Trainer.Collectives;

/// <summary>
/// Mutual TLS between ranks: both ends show a certificate of one authority, which exists for this purpose. Names are not compared: ranks
/// reach each other by addresses that come and go, and the attempt's secret says who is who among the members.
/// </summary>
internal sealed class RingIdentity : IDisposable
{
    private readonly X509Certificate2 _own;
    private readonly X509Certificate2Collection _between;
    private readonly X509Certificate2 _authority;
    private readonly SslStreamCertificateContext _shown;

    private RingIdentity(X509Certificate2 own, X509Certificate2Collection between, X509Certificate2 authority)
    {
        (_own, _between, _authority) = (own, between, authority);
        _shown = SslStreamCertificateContext.Create(own, between, offline: true);
    }

    /// <summary>Reads the files.</summary>
    /// <param name="files">Where they are.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="FormatException">A file holds something else, or the key is another certificate's.</exception>
    public static RingIdentity Load(RingCertificates files)
    {
        try
        {
            var between = new X509Certificate2Collection();
            between.ImportFromPemFile(files.Certificate);
            var own = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
            return new RingIdentity(own, between, X509CertificateLoader.LoadCertificateFromFile(files.Authority));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new FormatException(
                $"{files.Certificate}, {files.Key} and {files.Authority} are no certificate, its key and its authority's certificate "
                + $"in PEM: {e.Message}",
                e);
        }
    }

    /// <summary>What the server asks of callers.</summary>
    public HttpsConnectionAdapterOptions Server => new()
    {
        ServerCertificate = _own,
        ServerCertificateChain = _between,
        ClientCertificateMode = ClientCertificateMode.RequireCertificate,
        ClientCertificateValidation = (certificate, chain, _) => IsMember(certificate, chain),
    };

    /// <summary>What a caller asks of the server.</summary>
    public SslClientAuthenticationOptions Client => new()
    {
        ClientCertificateContext = _shown,
        RemoteCertificateValidationCallback = (_, certificate, chain, _) => IsMember(certificate as X509Certificate2, chain),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _own.Dispose();
        _authority.Dispose();
    }

    private bool IsMember(X509Certificate2? certificate, X509Chain? received)
    {
        if (certificate is null) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        // The authority is this cluster's own and has no list to ask.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (received is not null)
        {
            foreach (var element in received.ChainElements) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(certificate);
    }
}
