using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp.Native;

// The entry points of libgranary_torch, one partial file per concern. To add an operation: declare and define it in native/, import it
// here, and give Tensor (or functional) a method of one line.
internal static partial class NativeMethods
{
    internal const string Library = "granary_torch";

    static NativeMethods() => NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, Resolve);

    [LibraryImport(Library)]
    private static partial nint gt_last_error();

    [LibraryImport(Library)]
    private static partial nint gt_version();

    /// <summary>The version of the libtorch that the native library was built with, such as <c>1.13.1</c>.</summary>
    internal static string Version => Marshal.PtrToStringUTF8(gt_version())!;

    [LibraryImport(Library)]
    internal static partial void gt_tensor_free(nint self);

    [LibraryImport(Library)]
    internal static partial void gt_fail([MarshalAs(UnmanagedType.LPUTF8Str)] string message);

    [LibraryImport(Library)]
    internal static partial void gt_set_allow_tf32(
        [MarshalAs(UnmanagedType.Bool)] bool cudnn, [MarshalAs(UnmanagedType.Bool)] bool value);

    /// <summary>Throws libtorch's message when a call has failed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(int status)
    {
        if (status != 0) Throw();
    }

    /// <summary>The result of a call that has succeeded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Tensor Result(int status, Tensor result)
    {
        if (status != 0) Throw();
        return result;
    }

    private static void Throw() => throw new ExternalException(Marshal.PtrToStringUTF8(gt_last_error()));

    // A library of another header than this assembly's would be called with wrong arguments, and crash somewhere else.
    private static unsafe void CheckAbi(nint library, string file)
    {
        string expected = typeof(NativeMethods).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(attribute => attribute.Key == "NativeAbi").Value!;
        string found = NativeLibrary.TryGetExport(library, "gt_abi", out nint abi)
            ? Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)abi)())!
            : "none";
        if (found == expected) return;
        throw new DllNotFoundException(
            $"{file} was built from another native/include/granary_torch.h than this application (it says {Short(found)}, expected "
            + $"{Short(expected)}): run ./native/build.sh in the repository, then build this application again.");

        static string Short(string hash) => hash[..Math.Min(hash.Length, 12)];
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library) return 0;
        string file = Path.Combine(AppContext.BaseDirectory, "libgranary_torch.so");
        if (NativeLibrary.TryLoad(file, out nint handle) || NativeLibrary.TryLoad(name, assembly, searchPath, out handle))
        {
            CheckAbi(handle, File.Exists(file) ? file : name);
            return handle;
        }

        throw new DllNotFoundException(File.Exists(file)
            ? $"{file} is there but cannot be loaded; is libtorch installed (apt-get install libtorch-dev libopenblas0-openmp), and is it the one that "
              + "native/build.sh built against? `ldd` on the file shows what is missing."
            : $"{file} is missing: run ./native/build.sh in the repository, then build this application again.");
    }
}
