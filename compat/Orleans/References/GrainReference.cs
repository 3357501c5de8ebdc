using System.Diagnostics.CodeAnalysis;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A reference to a grain or an observer: the base of the proxies that implement the interfaces. Safe for use by many threads.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly InterfaceMap _interface;

    internal GrainReference(GrainId grainId, InterfaceMap map, CallRuntime runtime)
    {
        GrainId = grainId;
        _interface = map;
        Runtime = runtime;
    }

    /// <summary>The identity of what is referred to.</summary>
    public GrainId GrainId { get; }

    /// <summary>The name of the interface this reference implements.</summary>
    public GrainInterfaceType InterfaceType => _interface.InterfaceType;

    /// <summary>The name of the interface this reference implements, as text.</summary>
    public virtual string InterfaceName => _interface.Name;

    internal CallRuntime Runtime { get; }

    // Where the last call went; spares the look-up of an activation that is still valid.
    internal object? Route { get; set; }

    /// <summary>A reference of another interface to the same grain.</summary>
    /// <typeparam name="TGrainInterface">The interface.</typeparam>
    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable => (TGrainInterface)Cast(typeof(TGrainInterface));

    /// <summary>Whether both refer to the same grain.</summary>
    /// <param name="other">What to compare with.</param>
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <summary>Identity and interface.</summary>
    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceName}";

    /// <summary>Whether both refer to the same grain.</summary>
    /// <param name="reference1">One.</param>
    /// <param name="reference2">The other.</param>
    public static bool operator ==([AllowNull] GrainReference? reference1, [AllowNull] GrainReference? reference2) =>
        reference1?.Equals(reference2) ?? reference2 is null;

    /// <summary>Whether they refer to different grains.</summary>
    /// <param name="reference1">One.</param>
    /// <param name="reference2">The other.</param>
    public static bool operator !=([AllowNull] GrainReference? reference1, [AllowNull] GrainReference? reference2) => !(reference1 == reference2);

    internal object Cast(Type interfaceType) => interfaceType.IsInstanceOfType(this)
        ? this
        : InterfaceMap.Of(interfaceType).CreateReference(GrainId, Runtime);

    internal Task<TResult> Call<TArgs, TResult>(int method, TArgs args)
        where TArgs : struct => Runtime.Call<TArgs, TResult>(this, (MethodDescriptor<TArgs, TResult>)_interface.Methods[method], args);

    internal ValueTask<TResult> CallValue<TArgs, TResult>(int method, TArgs args)
        where TArgs : struct => new(Call<TArgs, TResult>(method, args));

    internal ValueTask CallValueUnit<TArgs>(int method, TArgs args)
        where TArgs : struct => new(Call<TArgs, Unit>(method, args));

    internal Task CallUnit<TArgs>(int method, TArgs args)
        where TArgs : struct => Call<TArgs, Unit>(method, args);

    internal void Post<TArgs>(int method, TArgs args)
        where TArgs : struct => _ = Call<TArgs, Unit>(method, args);

    internal IAsyncEnumerable<TItem> Enumerate<TArgs, TItem>(int method, TArgs args)
        where TArgs : struct => new RemoteEnumerable<TArgs, TItem>(this, (EnumerableDescriptor<TArgs, TItem>)_interface.Methods[method], args);

    internal Task<T> NotCallable<T>(string reason) => Task.FromException<T>(new NotSupportedException($"{this}: {reason}"));
}
