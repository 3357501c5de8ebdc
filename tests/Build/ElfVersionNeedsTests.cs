using System.Buffers.Binary;
using System.Numerics;

namespace Granary.Build.Tests;

/// <summary>What is changed in TorchSharp's library and in a small file of its kind, and what is refused.</summary>
public sealed class ElfVersionNeedsTests
{
    [Fact]
    public void Weaken_TorchSharpsLibrary_ChangesOneBit()
    {
        ElfImage package = ElfImage.Real();
        ElfImage copy = package.Copy();

        Assert.True(copy.Weaken());

        int changed = Assert.Single(Enumerable.Range(0, copy.Bytes.Length), i => copy.Bytes[i] != package.Bytes[i]);
        Assert.Equal(1, BitOperations.PopCount((uint)(copy.Bytes[changed] ^ package.Bytes[changed])));
        int needs = package.ContentOf(ElfImage.Needs);
        Assert.InRange(changed, needs, needs + package.SizeOf(ElfImage.Needs) - 1);
    }

    [Fact]
    public void Weaken_TorchSharpsLibraryTwice_ChangesNothingMore()
    {
        ElfImage copy = ElfImage.Real();
        copy.Weaken();
        ElfImage again = copy.Copy();

        Assert.True(again.Weaken());
        Assert.Equal(copy.Bytes, again.Bytes);
    }

    [Theory]
    [InlineData("libstdc++.so.6", "GLIBCXX_3.4.99")]
    [InlineData("libstdc++.so.6", "GLIBCXX_3.4.3")]
    [InlineData("libstdc++.so", "GLIBCXX_3.4.32")]
    [InlineData("libc.so.6", "GLIBCXX_3.4.32")]
    public void Weaken_VersionIsNotAskedFor_ReturnsFalse(string library, string version)
    {
        ElfImage package = ElfImage.Real();
        byte[] copy = package.Copy().Bytes;

        Assert.False(ElfVersionNeeds.Weaken(copy, library, version));
        Assert.Equal(package.Bytes, copy);
    }

    [Fact]
    public void Weaken_TorchSharpsLibraryUsesTheVersion_IsRefusedAndUnchanged()
    {
        ElfImage image = ElfImage.Real();
        int symbol = SymbolOfTheVersion(image);
        image.Set(image.ContentOf(ElfImage.Relocations) + 12, symbol, 4);
        byte[] before = image.Copy().Bytes;

        var refused = Assert.Throws<InvalidDataException>(() => image.Weaken());

        Assert.Contains("_ZSt21ios_base_library_initv", refused.Message, StringComparison.Ordinal);
        Assert.Contains("GLIBCXX_3.4.32", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, image.Bytes);
    }

    [Fact]
    public void Weaken_SmallFile_MarksThatVersionOnly()
    {
        ElfImage image = ElfImage.Tiny();
        byte[] expected = image.Copy().Bytes;
        expected[image.ContentOf(ElfImage.Needs) + 32 + 4] = 2;

        Assert.True(image.Weaken());
        Assert.Equal(expected, image.Bytes);
    }

    [Fact]
    public void Weaken_SmallFileUsesTheVersion_IsRefused()
    {
        ElfImage image = ElfImage.Tiny(usedSymbol: 2);

        var refused = Assert.Throws<InvalidDataException>(() => image.Weaken());
        Assert.Contains("it uses second, which is GLIBCXX_3.4.32", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weaken_SymbolIsHidden_IsRefusedAllTheSame()
    {
        ElfImage image = ElfImage.Tiny(usedSymbol: 2);
        image.Bytes[image.ContentOf(ElfImage.SymbolVersions) + 5] = 0x80;

        Assert.Throws<InvalidDataException>(() => image.Weaken());
    }

    [Fact]
    public void Weaken_NoNeededVersions_ReturnsFalse()
    {
        ElfImage image = ElfImage.Tiny();
        image.Set(image.HeaderOf(ElfImage.Needs) + 4, 1, 4);

        Assert.False(image.Weaken());
    }

    // The one undefined symbol that the linker put in for its version.
    private static int SymbolOfTheVersion(ElfImage image)
    {
        ElfImage weak = image.Copy();
        weak.Weaken();
        int flags = Enumerable.Range(0, weak.Bytes.Length).Single(i => weak.Bytes[i] != image.Bytes[i]);
        ushort index = Version(image, flags + 2);
        int versions = image.ContentOf(ElfImage.SymbolVersions);
        return Enumerable.Range(0, image.SizeOf(ElfImage.SymbolVersions) / 2)
            .Single(symbol => Version(image, versions + (2 * symbol)) == index);
    }

    private static ushort Version(ElfImage image, int at)
        => BinaryPrimitives.ReadUInt16LittleEndian(image.Bytes.AsSpan(at));
}
