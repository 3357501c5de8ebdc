using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Granary.Trainer.Tests.Worker;

/// <summary>A native library of another build than the program beside it is refused at load, with what to do.</summary>
public sealed class NativeLibraryTests : IDisposable
{
    private const string Library = "libgranary_torch.so";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Load_LibraryOfAnotherHeader_SaysWhichAndWhatToDo()
    {
        byte[] library = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, Library));
        byte[] abi = Encoding.ASCII.GetBytes(HeaderHash());
        int at = library.AsSpan().IndexOf(abi);
        Assert.True(at > 0, "the library beside this test is of this header");
        library[at] = (byte)(abi[0] == 'f' ? '0' : 'f');
        CopyProgramWith(library);

        (int exit, string error) = await RunAsync();

        Assert.NotEqual(0, exit);
        Assert.Contains("was built from another native/include/granary_torch.h than this application", error, StringComparison.Ordinal);
        Assert.Contains($"expected {HeaderHash()[..12]}", error, StringComparison.Ordinal);
        Assert.Contains("run ./native/build.sh in the repository", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_LibraryThatDoesNotSay_IsRefusedToo()
    {
        CopyProgramWith(File.ReadAllBytes(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so")));

        (int exit, string error) = await RunAsync();

        Assert.NotEqual(0, exit);
        Assert.Contains("(it says none, expected ", error, StringComparison.Ordinal);
    }

    private static string HeaderHash()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string header = Path.Combine(at.FullName, "native", "include", "granary_torch.h");
            if (File.Exists(header))
                return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(header)));
        }

        throw new DirectoryNotFoundException($"no native/include in or above {AppContext.BaseDirectory}");
    }

    private void CopyProgramWith(byte[] library)
    {
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory))
        {
            string name = Path.GetFileName(file);
            if (name.StartsWith("granary-trainer", StringComparison.Ordinal) || Path.GetExtension(name) == ".dll")
                File.Copy(file, _folder.File(name));
        }

        File.WriteAllBytes(_folder.File(Library), library);
    }

    // The first thing that a worker and most tools ask of torch is whether there is a GPU.
    private async Task<(int Exit, string Error)> RunAsync()
    {
        await File.WriteAllTextAsync(
            _folder.File("run.yaml"), "name: r\nmodel: lenet\ndata: { set: fashion-mnist, batch: 8 }\ntrain: { epochs: 1, lr: 0.1 }\n");
        using Process process = Process.Start(new ProcessStartInfo(
            _folder.File("granary-trainer"), ["train", _folder.File("run.yaml"), "--out", _folder.File("out"), "--device", "auto"])
        {
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        string error = await process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, error);
    }
}
