using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Granary.Dashboard.Explaining;

/// <summary>What is to be drawn of which checkpoint.</summary>
/// <param name="Weights">SHA-256 of the weights, lower-case hex.</param>
/// <param name="Manifest">SHA-256 of the manifest, lower-case hex.</param>
/// <param name="Bytes">Size of both.</param>
/// <param name="Example">The picture of the validation set, from 0; null: none.</param>
/// <param name="ValidationSet">The whole validation set too.</param>
/// <param name="Picture">A picture of one's own; null: none.</param>
internal sealed record ExplainRequest(
    string Weights, string Manifest, long Bytes, int? Example, bool ValidationSet,
    UploadedPicture? Picture = null)
{
    /// <summary>Names the request: the same one has the same answer.</summary>
    public string Id
    {
        get
        {
            string all = string.Create(CultureInfo.InvariantCulture, $"{Weights} {Manifest} {Example} {ValidationSet} {Picture?.Hash}");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(all)))[..32];
        }
    }
}
