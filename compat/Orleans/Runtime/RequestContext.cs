namespace Orleans.Runtime;

/// <summary>Values that travel with every call from here on, to the callee and what it calls.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<RequestContextData?> Local = new();

    /// <summary>The names of the values.</summary>
    public static IEnumerable<string> Keys => Data.Values.Keys;

    /// <summary>The values with their names.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Data.Values;

    /// <summary>The call chain that may call back into a grain it comes from; <see cref="Guid.Empty"/> for none.</summary>
    public static Guid ReentrancyId
    {
        get => Local.Value?.ReentrancyId ?? Guid.Empty;
        set => Set(Data with { ReentrancyId = value });
    }

    internal static RequestContextData? Current => Local.Value;

    private static RequestContextData Data => Local.Value ?? RequestContextData.Empty;

    /// <summary>The value of that name, or null.</summary>
    /// <param name="key">The name.</param>
    public static object? Get(string key) => Data.Values.GetValueOrDefault(key);

    /// <summary>Sets a value.</summary>
    /// <param name="key">The name.</param>
    /// <param name="value">The value; of a type that can travel.</param>
    public static void Set(string key, object value) => Set(Data with { Values = Data.Values.SetItem(key, value) });

    /// <summary>Takes a value out; false where there was none.</summary>
    /// <param name="key">The name.</param>
    public static bool Remove(string key)
    {
        if (!Data.Values.ContainsKey(key))
            return false;
        Set(Data with { Values = Data.Values.Remove(key) });
        return true;
    }

    /// <summary>Takes all values out.</summary>
    public static void Clear() => Local.Value = null;

    /// <summary>From here to the disposal, calls of this chain may call back into this grain while it waits.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var activation = RuntimeContext.Current
            ?? throw new InvalidOperationException("Call-chain reentrancy is allowed from within a grain's turn only.");
        var original = ReentrancyId;
        var id = original == Guid.Empty ? Guid.NewGuid() : original;
        activation.EnterReentrantSection(id);
        ReentrancyId = id;
        return new(original, id, activation);
    }

    /// <summary>From here to the disposal, calls of this chain may not call back.</summary>
    public static ReentrancySection SuppressCallChainReentrancy()
    {
        var original = ReentrancyId;
        ReentrancyId = Guid.Empty;
        return new(original, Guid.Empty, null);
    }

    internal static void Set(RequestContextData? data) => Local.Value = data is null || data.IsEmpty ? null : data;

    /// <summary>A stretch of code with another rule for calls back; it ends when this is disposed of.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _entered;
        private readonly Activation? _activation;

        internal ReentrancySection(Guid original, Guid entered, Activation? activation)
        {
            _original = original;
            _entered = entered;
            _activation = activation;
        }

        /// <summary>Ends the stretch.</summary>
        public void Dispose()
        {
            _activation?.LeaveReentrantSection(_entered);
            ReentrancyId = _original;
        }
    }
}
