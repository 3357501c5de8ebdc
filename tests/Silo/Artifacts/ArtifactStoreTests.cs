using System.Security.Cryptography;
using Granary.Silo.Artifacts;

namespace Granary.Silo.Tests.Artifacts;

public sealed class ArtifactStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactStore _store;
    private readonly byte[] _content = new byte[300_000];
    private readonly ArtifactHash _hash;

    public ArtifactStoreTests()
    {
        _store = new ArtifactStore(_folder.Path, TimeProvider.System);
        new Random(1).NextBytes(_content);
        _hash = ArtifactHash.Of(SHA256.HashData(_content));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Stat_NeverUploaded_HasNothing() => Assert.Equal(new ArtifactStat(false, 0), _store.Stat(_hash));

    [Fact]
    public async Task Upload_Whole_IsStoredUnderItsName()
    {
        Assert.Equal(new ArtifactStat(true, _content.Length), await UploadAsync(_content, 0));

        Assert.Equal(new ArtifactStat(true, _content.Length), _store.Stat(_hash));
        Assert.Equal(_content, await DownloadAsync(0));
        Assert.Equal(_content[299_990..], await DownloadAsync(299_990));
        Assert.Empty(await DownloadAsync(_content.Length));
        Assert.Equal([_hash.Value], Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Upload_OfNothing_IsStored()
    {
        ArtifactHash empty = ArtifactHash.Of(SHA256.HashData([]));
        await using ArtifactUpload? upload = await _store.BeginAsync(empty, 0, 0, CancellationToken.None);

        Assert.Equal(new ArtifactStat(true, 0), upload!.Complete());
    }

    [Fact]
    public async Task Upload_Interrupted_GoesOnFromWhatIsStored()
    {
        Assert.Equal(new ArtifactStat(false, 100_000), await UploadAsync(_content[..100_000], 0));
        Assert.Equal(new ArtifactStat(false, 100_000), _store.Stat(_hash));

        Assert.Equal(new ArtifactStat(true, _content.Length), await UploadAsync(_content[100_000..], 100_000));
        Assert.Equal(_content, await DownloadAsync(0));
    }

    [Fact]
    public async Task Upload_FromBeforeWhatIsStored_ReplacesTheRest()
    {
        byte[] wrong = [.. _content[..100_000], .. new byte[50_000]];
        await UploadAsync(wrong, 0);

        Assert.Equal(new ArtifactStat(true, _content.Length), await UploadAsync(_content[100_000..], 100_000));
    }

    [Fact]
    public async Task Upload_FromBeyondWhatIsStored_IsRefused()
    {
        await UploadAsync(_content[..1_000], 0);

        var error = await Assert.ThrowsAsync<ArtifactException>(() => UploadAsync(_content[2_000..], 2_000));

        Assert.Equal(ArtifactFault.OutOfRange, error.Fault);
        Assert.Contains("1000 bytes are stored", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_OfOtherBytes_IsRefusedAndNothingIsKept()
    {
        byte[] other = [.. _content];
        other[200_000] ^= 1;

        var error = await Assert.ThrowsAsync<ArtifactException>(() => UploadAsync(other, 0));

        Assert.Equal(ArtifactFault.Corrupt, error.Fault);
        Assert.Equal(new ArtifactStat(false, 0), _store.Stat(_hash));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Upload_OfMoreThanWasSaid_IsRefusedAndNothingIsKept()
    {
        var error = await Assert.ThrowsAsync<ArtifactException>(() => UploadAsync([.. _content, 0], 0));

        Assert.Equal(ArtifactFault.Invalid, error.Fault);
        Assert.Equal(new ArtifactStat(false, 0), _store.Stat(_hash));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(ArtifactStore.MaxBytes + 1, 0)]
    [InlineData(10, -1)]
    [InlineData(10, 11)]
    public async Task Upload_OfImpossibleSize_IsRefused(long bytes, long offset)
    {
        var error = await Assert.ThrowsAsync<ArtifactException>(() => _store.BeginAsync(_hash, bytes, offset, CancellationToken.None));

        Assert.Equal(ArtifactFault.Invalid, error.Fault);
    }

    [Fact]
    public async Task Upload_OfTheSameBytesFromManySides_EndsWithOneWholeArtifact()
    {
        ArtifactStat[] stats = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => UploadAsync(_content, 0))));

        Assert.All(stats, stat => Assert.Equal(new ArtifactStat(true, _content.Length), stat));
        Assert.Equal(_content, await DownloadAsync(0));
    }

    [Fact]
    public async Task Begin_WhileAnotherUploads_WaitsForItsTurn()
    {
        ArtifactUpload? first = await _store.BeginAsync(_hash, _content.Length, 0, CancellationToken.None);
        Task<ArtifactUpload?> second = _store.BeginAsync(_hash, _content.Length, 0, CancellationToken.None);
        Assert.False(second.IsCompleted);

        await first!.WriteAsync(_content, CancellationToken.None);
        first.Complete();
        await first.DisposeAsync();

        Assert.Null(await second.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Begin_GivenUpWhileWaiting_LeavesTheTurnToOthers()
    {
        ArtifactUpload? first = await _store.BeginAsync(_hash, _content.Length, 0, CancellationToken.None);
        using var giveUp = new CancellationTokenSource();
        Task<ArtifactUpload?> second = _store.BeginAsync(_hash, _content.Length, 0, giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await first!.DisposeAsync();

        Assert.True((await UploadAsync(_content, 0)).Complete);
    }

    [Fact]
    public void OpenRead_OfWhatIsNotWhole_SaysSo()
    {
        var error = Assert.Throws<ArtifactException>(() => _store.OpenRead(_hash, 0));

        Assert.Equal(ArtifactFault.Missing, error.Fault);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(300_001)]
    public async Task OpenRead_BeyondTheEnd_IsRefused(long offset)
    {
        await UploadAsync(_content, 0);

        Assert.Equal(ArtifactFault.OutOfRange, Assert.Throws<ArtifactException>(() => _store.OpenRead(_hash, offset)).Fault);
    }

    [Fact]
    public async Task Open_WithPartialsOfLastMonth_RemovesThemAndKeepsYoungOnes()
    {
        await UploadAsync(_content[..10], 0);
        string old = _folder.File($"{new string('a', 64)}.partial");
        await File.WriteAllTextAsync(old, "left over");
        File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-30));

        _ = new ArtifactStore(_folder.Path, TimeProvider.System);

        Assert.False(File.Exists(old));
        Assert.Equal(10, _store.Stat(_hash).Bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("../../../../etc/passwd")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555")]
    [InlineData("../b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85\n")]
    public void TryParse_WhatIsNoHash_IsRefused(string? text) => Assert.False(ArtifactHash.TryParse(text, out _));

    [Fact]
    public void TryParse_AHash_IsTaken()
    {
        // SHA-256 of nothing, FIPS 180-4.
        const string OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

        Assert.True(ArtifactHash.TryParse(OfNothing, out ArtifactHash hash));
        Assert.Equal(ArtifactHash.Of(SHA256.HashData([])), hash);
    }

    private async Task<ArtifactStat> UploadAsync(byte[] bytes, long offset)
    {
        await using ArtifactUpload? upload = await _store.BeginAsync(_hash, _content.Length, offset, CancellationToken.None);
        if (upload is null) return _store.Stat(_hash);
        foreach (byte[] chunk in bytes.Chunk(65_536)) await upload.WriteAsync(chunk, CancellationToken.None);
        return upload.Complete();
    }

    private async Task<byte[]> DownloadAsync(long offset)
    {
        await using FileStream file = _store.OpenRead(_hash, offset);
        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        return content.ToArray();
    }
}
