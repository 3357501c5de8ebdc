using System.Security.Cryptography;

namespace Granary.Grains;

internal sealed class RandomSecretSource : ISecretSource
{
    private const int Bytes = 32;

    public string Draw() => RandomNumberGenerator.GetHexString(Bytes * 2, lowercase: true);
}
