namespace Granary.Trainer.Checkpoints.PyTorch;

/// <summary>The checksum of zip archives (ISO 3309, polynomial 0x04C11DB7 reflected), eight bytes at a time.</summary>
internal static class Crc32
{
    private const int Slices = sizeof(ulong);

    private static readonly uint[][] Tables = BuildTables();

    /// <summary>The checksum of bytes.</summary>
    public static uint Hash(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        while (bytes.Length >= Slices)
        {
            uint low = sum ^ BitConverter.ToUInt32(bytes);
            uint high = BitConverter.ToUInt32(bytes[sizeof(uint)..]);
            sum = Tables[7][(byte)low] ^ Tables[6][(byte)(low >> 8)] ^ Tables[5][(byte)(low >> 16)] ^ Tables[4][low >> 24]
                ^ Tables[3][(byte)high] ^ Tables[2][(byte)(high >> 8)] ^ Tables[1][(byte)(high >> 16)] ^ Tables[0][high >> 24];
            bytes = bytes[Slices..];
        }

        foreach (byte value in bytes)
            sum = Tables[0][(byte)(sum ^ value)] ^ (sum >> 8);
        return ~sum;
    }

    private static uint[][] BuildTables()
    {
        const uint Polynomial = 0xedb88320;
        uint[][] tables = [.. Enumerable.Range(0, Slices).Select(_ => new uint[256])];
        for (uint i = 0; i < 256; i++)
        {
            uint sum = i;
            for (int bit = 0; bit < 8; bit++)
                sum = (sum & 1) != 0 ? (sum >> 1) ^ Polynomial : sum >> 1;
            tables[0][i] = sum;
        }

        for (int slice = 1; slice < Slices; slice++)
        {
            for (int i = 0; i < 256; i++)
                tables[slice][i] = (tables[slice - 1][i] >> 8) ^ tables[0][(byte)tables[slice - 1][i]];
        }

        return tables;
    }
}
