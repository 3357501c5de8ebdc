using System.Buffers.Binary;
using System.Text;

namespace Granary.Build.Tests;

/// <summary>
/// A 64-bit little-endian ELF file as bytes that a test may damage. Section headers are read as they stand, unchecked.
/// </summary>
internal sealed class ElfImage(byte[] bytes)
{
    public const int Strings = 3;
    public const int Relocations = 4;
    public const int Symbols = 11;
    public const int Needs = 0x6ffffffe;
    public const int SymbolVersions = 0x6fffffff;
    private const int HeaderBytes = 64;

    public byte[] Bytes => bytes;

    public int SectionTable => (int)Long(40);

    public int SectionCount => bytes[60] | (bytes[61] << 8);

    /// <summary>
    /// A file with the sections that count and nothing else: two symbols, the second of the version that may be missing,
    /// and one relocation that uses the given symbol.
    /// </summary>
    public static ElfImage Tiny(int usedSymbol = 1)
    {
        const string Names = "\0libstdc++.so.6\0GLIBCXX_3.4.32\0GLIBCXX_3.4\0first\0second\0";
        byte[] strings = Encoding.ASCII.GetBytes(Names);
        byte[] symbols = new byte[3 * 24];
        BinaryPrimitives.WriteInt32LittleEndian(symbols.AsSpan(24), Names.IndexOf("first", StringComparison.Ordinal));
        BinaryPrimitives.WriteInt32LittleEndian(symbols.AsSpan(48), Names.IndexOf("second", StringComparison.Ordinal));
        byte[] versions = [0, 0, 2, 0, 3, 0];
        byte[] needs = [
            1, 0, 2, 0, 1, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 2, 0, 31, 0, 0, 0, 16, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 3, 0, 16, 0, 0, 0, 0, 0, 0, 0];
        byte[] relocations = new byte[24];
        BinaryPrimitives.WriteInt32LittleEndian(relocations.AsSpan(12), usedSymbol);

        (int Type, byte[] Content, int Link, int Info)[] sections = [
            (0, [], 0, 0), (Strings, strings, 0, 0), (Symbols, symbols, 1, 1), (SymbolVersions, versions, 2, 0),
            (Needs, needs, 1, 1), (Relocations, relocations, 2, 0)];
        int table = HeaderBytes + sections.Sum(section => section.Content.Length);
        ElfImage image = new(new byte[table + (sections.Length * HeaderBytes)]);
        ReadOnlySpan<byte> identification = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        identification.CopyTo(image.Bytes);
        image.Set(40, table);
        image.Bytes[58] = HeaderBytes;
        image.Bytes[60] = (byte)sections.Length;
        int at = HeaderBytes;
        for (int i = 0; i < sections.Length; i++)
        {
            sections[i].Content.CopyTo(image.Bytes, at);
            int header = table + (i * HeaderBytes);
            image.Set(header + 4, sections[i].Type, 4);
            image.Set(header + 24, at);
            image.Set(header + 32, sections[i].Content.Length);
            image.Set(header + 40, sections[i].Link, 4);
            image.Set(header + 44, sections[i].Info, 4);
            at += sections[i].Content.Length;
        }

        return image;
    }

    public static ElfImage Real() => new(File.ReadAllBytes(Packages.TorchSharpLibrary));

    public ElfImage Copy() => new([.. bytes]);

    public ElfImage Cut(int length) => new(bytes[..length]);

    public bool Weaken() => ElfVersionNeeds.Weaken(bytes, Packages.Provider, Packages.Version);

    /// <summary>Where the header of the first section of a type begins.</summary>
    public int HeaderOf(int type) => Enumerable.Range(0, SectionCount).Select(i => SectionTable + (i * HeaderBytes))
        .First(header => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(header + 4)) == type);

    public int ContentOf(int type) => (int)Long(HeaderOf(type) + 24);

    public int SizeOf(int type) => (int)Long(HeaderOf(type) + 32);

    /// <summary>Writes a number of 2, 4 or 8 bytes.</summary>
    public void Set(int at, long value, int width = 8)
    {
        for (int i = 0; i < width; i++)
        {
            bytes[at + i] = (byte)(value >> (8 * i));
        }
    }

    private long Long(int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
}
