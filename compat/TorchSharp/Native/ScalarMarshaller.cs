using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp.Native;

[CustomMarshaller(typeof(Scalar), MarshalMode.ManagedToUnmanagedIn, typeof(ScalarMarshaller))]
internal static class ScalarMarshaller
{
    public static ScalarValue ConvertToUnmanaged(Scalar? scalar) => scalar is null ? new ScalarValue(-1, 0) : scalar.Value;
}
