using System.Reflection;

namespace Granary.Build.Tests;

/// <summary>Where NuGet keeps the packages whose native libraries the tests read.</summary>
internal static class Packages
{
    public const string Provider = "libstdc++.so.6";

    public const string Version = "GLIBCXX_3.4.32";

    public static string TorchSharpLibrary => Native("TorchSharp", "libLibTorchSharp.so");

    /// <summary>A library of libtorch's that TorchSharp's library needs.</summary>
    public static string LibtorchCore => Native("libtorch", "libc10.so");

    public static string Libtorch => Native("libtorch", "libtorch.so");

    private static string Native(string package, string file)
    {
        string? folder = typeof(Packages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(pair => pair.Key == package).Value;
        return Path.Combine(folder!, "runtimes/linux-x64/native", file);
    }
}
