using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Build.Framework;

namespace Granary.Build.Tests;

/// <summary>When the build takes a copy, what it says, and that the system's loader takes the copy.</summary>
public sealed class LoadableOnOlderSystemsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("granary-build-").FullName;
    private readonly RecordingEngine _engine = new();

    private string Copy => Path.Combine(_folder, "copies", "libLibTorchSharp.so");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Execute_SystemHasTheVersion_UsesThePackagesFile()
    {
        LoadableOnOlderSystems task = OnSystemWith("GLIBCXX_3.4.30", "GLIBCXX_3.4.32", "GLIBCXX_3.4.33");

        Assert.True(task.Execute());
        Assert.Equal(Packages.TorchSharpLibrary, task.Loadable);
        Assert.False(File.Exists(Copy));
        Assert.Empty(_engine.Messages);
    }

    [Fact]
    public void Execute_SystemHasNoSuchLibrary_UsesThePackagesFile()
    {
        LoadableOnOlderSystems task = OnSystemWith("GLIBCXX_3.4.30");
        task.Folders = [Path.Combine(_folder, "nowhere")];

        Assert.True(task.Execute());
        Assert.Equal(Packages.TorchSharpLibrary, task.Loadable);
    }

    [Fact]
    public void Execute_SystemLacksTheVersion_TakesACopyAndSaysSo()
    {
        byte[] package = File.ReadAllBytes(Packages.TorchSharpLibrary);
        DateTime written = File.GetLastWriteTimeUtc(Packages.TorchSharpLibrary);
        LoadableOnOlderSystems task = OnSystemWith("GLIBCXX_3.4.3", "GLIBCXX_3.4.30", "GLIBCXX_3.4.320");

        Assert.True(task.Execute());

        Assert.Equal(Copy, task.Loadable);
        ElfVersionNeeds.Weaken(package, Packages.Provider, Packages.Version);
        Assert.Equal(package, File.ReadAllBytes(Copy));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Packages.TorchSharpLibrary));
        Assert.NotEqual(package, File.ReadAllBytes(Packages.TorchSharpLibrary));
        (MessageImportance importance, string text) = Assert.Single(_engine.Messages);
        Assert.Equal(MessageImportance.High, importance);
        Assert.StartsWith("granary: libLibTorchSharp.so asks for GLIBCXX_3.4.32", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_SecondTime_LeavesTheCopyAndIsQuiet()
    {
        LoadableOnOlderSystems task = OnSystemWith("GLIBCXX_3.4.30");
        task.Execute();
        DateTime first = new(2020, 2, 2, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Copy, first);

        Assert.True(task.Execute());
        Assert.Equal((Copy, first), (task.Loadable, File.GetLastWriteTimeUtc(Copy)));
        Assert.Equal(
            [MessageImportance.High, MessageImportance.Low],
            _engine.Messages.Select(message => message.Importance));
    }

    [Fact]
    public void Execute_CopyOfAnotherRelease_IsReplaced()
    {
        LoadableOnOlderSystems task = OnSystemWith("GLIBCXX_3.4.30");
        Directory.CreateDirectory(Path.GetDirectoryName(Copy)!);
        File.WriteAllText(Copy, "old");

        Assert.True(task.Execute());
        Assert.Equal(new FileInfo(Packages.TorchSharpLibrary).Length, new FileInfo(Copy).Length);
    }

    [Fact]
    public void Execute_LibraryIsDamaged_FailsWithItsName()
    {
        LoadableOnOlderSystems task = OnSystemWith("GLIBCXX_3.4.30");
        task.Library = Path.Combine(_folder, "damaged.so");
        File.WriteAllBytes(task.Library, File.ReadAllBytes(Packages.TorchSharpLibrary)[..100_000]);

        Assert.False(task.Execute());
        Assert.Contains("damaged.so: ", Assert.Single(_engine.Errors), StringComparison.Ordinal);
        Assert.False(File.Exists(Copy));
    }

    [Fact]
    public void Execute_LibraryIsMissing_FailsWithItsName()
    {
        LoadableOnOlderSystems task = OnSystemWith("GLIBCXX_3.4.30");
        task.Library = Path.Combine(_folder, "missing.so");

        Assert.False(task.Execute());
        Assert.Contains("missing.so", Assert.Single(_engine.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_Copy_IsLoadedByThisSystem()
    {
        OnSystemWith("GLIBCXX_3.4.30").Execute();

        // The loader finds what the copy needs by name, because it is there already.
        NativeLibrary.Load(Packages.Libtorch);
        nint library = NativeLibrary.Load(Copy);

        Assert.True(NativeLibrary.TryGetExport(library, "THSTensor_dispose", out _));
    }

    // An older libstdc++ sets std::cout up only through objects of an older GCC: those of libtorch, or nobody's.
    [Fact]
    public void Libtorch_StandardStreams_AreSetUpByItself()
    {
        string libtorch = Encoding.Latin1.GetString(File.ReadAllBytes(Packages.LibtorchCore));

        Assert.Contains("\0_ZNSt8ios_base4InitC1Ev\0", libtorch, StringComparison.Ordinal);
    }

    // A system whose libstdc++ has these versions, and nothing else that the task looks at.
    private LoadableOnOlderSystems OnSystemWith(params string[] versions)
    {
        byte[] provider = Encoding.ASCII.GetBytes($"\0{string.Join('\0', versions)}\0");
        File.WriteAllBytes(Path.Combine(_folder, Packages.Provider), provider);
        return new LoadableOnOlderSystems
        {
            BuildEngine = _engine,
            Library = Packages.TorchSharpLibrary,
            Copy = Copy,
            Provider = Packages.Provider,
            Version = Packages.Version,
            Folders = [_folder],
        };
    }
}
