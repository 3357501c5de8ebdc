using System.Reflection;

namespace Orleans.Serialization;

/// <summary>Sets what only an exception's constructors set.</summary>
internal static class ExceptionFields
{
    private static readonly FieldInfo? Message = Find("_message");
    private static readonly FieldInfo? Inner = Find("_innerException");
    private static readonly FieldInfo? RemoteStack = Find("_remoteStackTraceString");

    public static void Set(Exception exception, string message, string? stack, int result, Exception? inner)
    {
        exception.HResult = result;
        Inner?.SetValue(exception, inner);
        if (exception is not AggregateException)
            Message?.SetValue(exception, message);
        if (stack is not null)
            RemoteStack?.SetValue(exception, stack + Environment.NewLine);
    }

    private static FieldInfo? Find(string name) => typeof(Exception).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic);
}
