using Xunit.Abstractions;

namespace Granary.Build.Tests;

/// <summary>
/// Files that are cut, lie about themselves or are damaged at random: each is changed as a sound one or refused with
/// <see cref="InvalidDataException"/>, and within the time limit.
/// </summary>
public sealed class HostileElfTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<int> ReadSections =>
        [ElfImage.Strings, ElfImage.Symbols, ElfImage.SymbolVersions, ElfImage.Needs, ElfImage.Relocations];

    [Fact]
    public void Weaken_SmallFileCutAnywhere_IsRefused()
    {
        ElfImage whole = ElfImage.Tiny();
        Assert.All(Enumerable.Range(0, whole.Bytes.Length), length
            => Assert.Throws<InvalidDataException>(() => whole.Cut(length).Weaken()));
    }

    [Fact]
    public void Weaken_TorchSharpsLibraryCut_IsRefused()
    {
        ElfImage whole = ElfImage.Real();
        for (int length = 0; length < whole.Bytes.Length; length += 10_007)
        {
            ElfImage cut = whole.Cut(length);
            Assert.Throws<InvalidDataException>(() => cut.Weaken());
        }
    }

    [Theory]
    [InlineData(0, 0x7e)] // no ELF file
    [InlineData(4, 1)] // 32 bits
    [InlineData(5, 2)] // big-endian
    [InlineData(58, 40)] // section headers of another size
    [InlineData(60, 0)] // no sections
    [InlineData(60, 7)] // more sections than there are
    [InlineData(47, 0x80)] // a table at a negative place
    [InlineData(47, 0x7f)] // and so far behind the end that adding to it overflows
    public void Weaken_StrangeHeader_IsRefused(int at, byte value)
    {
        ElfImage image = ElfImage.Tiny();
        image.Bytes[at] = value;

        Assert.Throws<InvalidDataException>(() => image.Weaken());
    }

    [Theory]
    [MemberData(nameof(ReadSections))]
    public void Weaken_SectionOutsideTheFile_IsRefused(int type)
    {
        int end = ElfImage.Tiny().Bytes.Length;
        foreach (long place in (long[])[-1, long.MinValue, long.MaxValue, int.MaxValue, 1L << 32, end + 1])
        {
            foreach (int field in (int[])[24, 32])
            {
                ElfImage image = ElfImage.Tiny();
                image.Set(image.HeaderOf(type) + field, place);

                Assert.Throws<InvalidDataException>(() => image.Weaken());
            }
        }
    }

    [Theory]
    [InlineData(0)] // the empty section
    [InlineData(4)] // itself
    [InlineData(6)] // one behind the last
    [InlineData(-1)]
    public void Weaken_NamesAreInNoStringTable_IsRefused(int link)
    {
        ElfImage image = ElfImage.Tiny();
        image.Set(image.HeaderOf(ElfImage.Needs) + 40, link, 4);

        Assert.Throws<InvalidDataException>(() => image.Weaken());
    }

    [Fact]
    public void Weaken_NamesEndWithoutZero_AreNotReadBeyondTheirTable()
    {
        ElfImage image = ElfImage.Tiny();
        image.Set(image.ContentOf(ElfImage.Needs) + 16 + 8, 0, 4); // the other version, whose name is cut off
        image.Set(image.HeaderOf(ElfImage.Strings) + 32, "\0libstdc++.so.6\0GLIBCXX_3.4.32".Length);

        Assert.False(image.Weaken());
    }

    [Theory]
    [InlineData(8)] // the first entry of a library
    [InlineData(28)] // the next entry
    public void Weaken_ChainLeavesItsSection_IsRefused(int field)
    {
        ElfImage image = ElfImage.Tiny();
        image.Set(image.ContentOf(ElfImage.Needs) + field, uint.MaxValue, 4);

        Assert.Throws<InvalidDataException>(() => image.Weaken());
    }

    [Fact]
    public async Task Weaken_MillionsOfOverlappingEntries_IsRefusedSoon()
    {
        // Each library has 65,535 entries: the first is the library itself, the others are the libraries behind it.
        ElfImage image = WithNeeds(new byte[8 << 20]);
        int needs = image.ContentOf(ElfImage.Needs);
        for (int at = needs; at < image.Bytes.Length; at += 16)
        {
            image.Set(at, 0xffff_0001, 4);
            image.Set(at + 4, 1, 4);
            image.Set(at + 12, 16, 4);
        }

        image.Set(image.HeaderOf(ElfImage.Needs) + 44, uint.MaxValue, 4);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(
            () => Task.Run(() => image.Weaken()).WaitAsync(Patience));
        Assert.Contains("more entries than fit", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weaken_RandomBytesFlipped_WeakensOrRefuses()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        int refused = await Count(2_000, () => IsRefused(ElfImage.Tiny(), random, first: 0));
        output.WriteLine($"{refused} of 2,000 small files refused");
        Assert.InRange(refused, 1, 1_999);

        ElfImage real = ElfImage.Real();
        int table = real.SectionTable;
        refused = await Count(100, () => IsRefused(real.Copy(), random, first: table));
        output.WriteLine($"{refused} of 100 copies of TorchSharp's library refused");
    }

    private static Task<int> Count(int times, Func<bool> isTrue) =>
        Task.Run(() => Enumerable.Range(0, times).Count(_ => isTrue())).WaitAsync(Patience);

    // Damages up to eight bytes from `first` on. An exception of another kind fails the test, whose output has the seed.
    private static bool IsRefused(ElfImage image, Random random, int first)
    {
        byte[] before = image.Bytes;
        for (int flips = random.Next(1, 9); flips > 0; flips--)
        {
            before[random.Next(first, before.Length)] ^= (byte)random.Next(1, 256);
        }

        before = image.Copy().Bytes;
        try
        {
            image.Weaken();
            return false;
        }
        catch (InvalidDataException)
        {
            Assert.Equal(before, image.Bytes);
            return true;
        }
    }

    // A small file whose table of needed versions is moved to its end and replaced.
    private static ElfImage WithNeeds(byte[] content)
    {
        ElfImage small = ElfImage.Tiny();
        ElfImage large = new([.. small.Bytes, .. content]);
        large.Set(large.HeaderOf(ElfImage.Needs) + 24, small.Bytes.Length);
        large.Set(large.HeaderOf(ElfImage.Needs) + 32, content.Length);
        return large;
    }
}
