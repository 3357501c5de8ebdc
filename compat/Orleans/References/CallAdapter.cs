using System.Reflection;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Turns what a grain method returns into a task of its result.</summary>
internal static class CallAdapter
{
    public static MethodInfo For(Type returned)
    {
        string name = returned.IsGenericType ? returned.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(OfTask) : nameof(OfValueTask)
            : returned == typeof(Task) ? nameof(OfPlainTask)
            : returned == typeof(ValueTask) ? nameof(OfPlainValueTask) : nameof(OfNothing);
        var method = typeof(CallAdapter).GetMethod(name)!;
        return returned.IsGenericType ? method.MakeGenericMethod(returned.GetGenericArguments()) : method;
    }

    public static ValueTask<T> OfTask<T>(Task<T> task) => new(task);

    public static ValueTask<T> OfValueTask<T>(ValueTask<T> task) => task;

    public static ValueTask<Unit> OfPlainTask(Task task) => task.IsCompletedSuccessfully ? default : AwaitAsync(task);

    public static ValueTask<Unit> OfPlainValueTask(ValueTask task) => task.IsCompletedSuccessfully ? default : AwaitAsync(task.AsTask());

    public static ValueTask<Unit> OfNothing() => default;

    private static async ValueTask<Unit> AwaitAsync(Task task)
    {
        await task.ConfigureAwait(true);
        return default;
    }
}
