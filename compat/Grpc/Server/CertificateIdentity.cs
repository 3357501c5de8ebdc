using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The identity in a client's certificate: its DNS names, or else its common name.</summary>
internal static class CertificateIdentity
{
    private const string AlternativeName = "x509_subject_alternative_name";
    private const string CommonName = "x509_common_name";

    public static AuthContext Read(X509Certificate2 certificate)
    {
        var properties = new Dictionary<string, List<AuthProperty>>(StringComparer.Ordinal);
        List<AuthProperty> names =
        [
            .. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(extension => extension.EnumerateDnsNames())
                .Select(name => AuthProperty.Create(AlternativeName, Encoding.UTF8.GetBytes(name))),
        ];
        if (names.Count > 0)
        {
            properties[AlternativeName] = names;
        }

        string commonName = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        properties[CommonName] = [AuthProperty.Create(CommonName, Encoding.UTF8.GetBytes(commonName))];
        return new AuthContext(names.Count > 0 ? AlternativeName : CommonName, properties);
    }
}
