using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer keeps for one parameter from step to step.</summary>
public abstract class OptimizerState
{
    /// <summary>Makes the state of a parameter.</summary>
    protected OptimizerState(Parameter parameter) => Parameter = parameter;

    private protected Parameter Parameter { get; }

    /// <summary>Writes the state.</summary>
    public abstract void SaveStateDict(BinaryWriter writer);

    /// <summary>Reads the state.</summary>
    public abstract void LoadStateDict(BinaryReader reader);

    /// <summary>Takes over a copy of another state.</summary>
    public abstract void LoadStateDict(OptimizerState source);

    /// <summary>Sets the state to that before the first step.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Moves the state to a device.</summary>
    public virtual void to(Device device)
    {
    }

    private protected static void Write(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    private protected void Read(BinaryReader reader, ref Tensor? tensor)
    {
        tensor?.Dispose();
        tensor = null;
        if (!reader.ReadBoolean()) return;
        using Tensor loaded = TensorExtensionMethods.Load(reader);
        tensor = loaded.to(Parameter.device, copy: true).DetachFromDisposeScope();
    }

    private protected static void Copy(Tensor? source, ref Tensor? tensor)
    {
        tensor?.Dispose();
        tensor = source?.clone().DetachFromDisposeScope();
    }

    private protected static void Move(ref Tensor? tensor, Device device)
    {
        if (tensor is null) return;
        Tensor moved = tensor.to(device).DetachFromDisposeScope();
        tensor.Dispose();
        tensor = moved;
    }
}
