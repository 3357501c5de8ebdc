using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Granary.Trainer.Collectives;

namespace Granary.Trainer.Tests.Collectives;

/// <summary>An authority, and certificates of its making in files.</summary>
internal sealed class CertificateFolder : IDisposable
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public CertificateFolder()
    {
        var request = new CertificateRequest("CN=ring", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(From, Until);
        File.WriteAllText(Authority, _authority.ExportCertificatePem());
    }

    public string Authority => _folder.File("authority.pem");

    /// <summary>A node's certificate, and its key.</summary>
    public RingCertificates Node(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.Create(_authority, From, Until, RandomNumberGenerator.GetBytes(8));
        var files = new RingCertificates(_folder.File($"{name}.pem"), _folder.File($"{name}.key"), Authority);
        File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }
}
