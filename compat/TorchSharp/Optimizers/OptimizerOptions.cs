namespace TorchSharp.Modules;

/// <summary>What a group of parameters sets for its steps; a null takes the optimizer's own.</summary>
public class OptimizerOptions
{
    /// <summary>The learning rate of the next step.</summary>
    public double? LearningRate { get; set; }

    /// <summary>The learning rate at the beginning.</summary>
    public double InitialLearningRate { get; set; }

    /// <summary>Writes the options.</summary>
    public virtual void SaveStateDict(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate ?? InitialLearningRate);
    }

    /// <summary>Reads the options.</summary>
    public virtual void LoadStateDict(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        InitialLearningRate = reader.ReadDouble();
        LearningRate = reader.ReadDouble();
    }

    /// <summary>Takes over other options.</summary>
    public virtual void LoadStateDict(OptimizerOptions source)
    {
        ArgumentNullException.ThrowIfNull(source);
        (InitialLearningRate, LearningRate) = (source.InitialLearningRate, source.LearningRate);
    }
}
