using Granary.Trainer.Learning;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Checkpoints;

/// <summary>Takes a network's and its optimizer's tensors out of torch, and puts them back, bit for bit.</summary>
internal static class TensorState
{
    private static readonly (ScalarType Torch, string Name)[] Types =
    [
        (ScalarType.Float32, "F32"),
        (ScalarType.Float64, "F64"),
        (ScalarType.Float16, "F16"),
        (ScalarType.BFloat16, "BF16"),
        (ScalarType.Int64, "I64"),
        (ScalarType.Int32, "I32"),
        (ScalarType.Byte, "U8"),
        (ScalarType.Bool, "BOOL"),
    ];

    /// <summary>Copies all tensors to the host.</summary>
    /// <param name="model">The network.</param>
    /// <param name="optimizer">The optimizer of the model's parameters that require a gradient, in the model's order.</param>
    /// <param name="average">The average of the model's weights; null: none is kept.</param>
    public static IReadOnlyDictionary<string, TensorData> Capture(Module model, optim.Optimizer optimizer, WeightAverage? average = null)
    {
        using DisposeScope scope = NewDisposeScope();
        var tensors = new Dictionary<string, TensorData>();
        foreach ((string name, Tensor tensor) in model.state_dict())
            tensors.Add(name, Export(tensor));
        foreach ((string name, _, OptimizerSlot slot) in Slots(model, optimizer))
        {
            if (slot.Value is not null)
                tensors.Add(name, Export(slot.Value));
        }

        foreach ((string name, Tensor tensor) in average?.Read() ?? [])
            tensors.Add(TensorNames.Average + name, Export(tensor));
        return tensors;
    }

    /// <summary>Puts captured tensors back.</summary>
    /// <param name="tensors">What <see cref="Capture"/> gave.</param>
    /// <param name="model">A network of the same layout, on its device.</param>
    /// <param name="optimizer">
    /// Its optimizer. What the checkpoint does not hold for it stays as it is: before the first step, or when another kind of optimizer
    /// made the checkpoint.
    /// </param>
    /// <param name="average">The average of its weights; null: none is kept. A checkpoint without one leaves it before its first step.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, or has another type or shape: the message says which.</exception>
    public static void Restore(
        IReadOnlyDictionary<string, TensorData> tensors, Module model, optim.Optimizer optimizer, WeightAverage? average = null)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        RestoreModel(tensors, model);
        foreach ((string name, Parameter parameter, OptimizerSlot slot) in Slots(model, optimizer))
        {
            if (!tensors.ContainsKey(name))
                continue;
            Tensor target = slot.IsCounter ? tensor(0L) : zeros_like(parameter).detach();
            Import(tensors, name, target);
            slot.Set(target);
        }

        if (average is null || !tensors.Keys.Any(name => name.StartsWith(TensorNames.Average, StringComparison.Ordinal)))
            return;
        average.Begin();
        foreach ((string name, Tensor tensor) in average.Read())
            Import(tensors, TensorNames.Average + name, tensor);
    }

    /// <summary>Puts a network's own tensors back; what else there is, is left.</summary>
    /// <param name="tensors">What <see cref="Capture"/> gave.</param>
    /// <param name="model">A network of the same layout, on any device.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, or has another type or shape: the message says which.</exception>
    public static void RestoreModel(IReadOnlyDictionary<string, TensorData> tensors, Module model)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor tensor) in model.state_dict())
            Import(tensors, name, tensor);
    }

    private static IEnumerable<(string Name, Parameter Parameter, OptimizerSlot Slot)> Slots(Module model, optim.Optimizer optimizer)
    {
        List<OptimizerState> states = ((OptimizerHelper)optimizer).state_dict().State;
        return model.named_parameters().Where(entry => entry.parameter.requires_grad).Zip(states).SelectMany(
            pair => OptimizerSlot.Of(pair.Second),
            (pair, slot) => ($"{TensorNames.Optimizer}{slot.Name}.{pair.First.name}", pair.First.parameter, slot));
    }

    private static TensorData Export(Tensor tensor)
    {
        Tensor host = tensor.detach().cpu().contiguous();
        return new TensorData(TypeName(host.dtype), host.shape, host.bytes.ToArray());
    }

    private static void Import(IReadOnlyDictionary<string, TensorData> tensors, string name, Tensor target)
    {
        if (!tensors.TryGetValue(name, out TensorData? data))
            throw new InvalidDataException($"The checkpoint has no tensor {name}: it is of another network.");
        if (data.Type != TypeName(target.dtype) || !data.Shape.SequenceEqual(target.shape))
        {
            throw new InvalidDataException(
                $"The checkpoint's tensor {name} is {data.Type} [{string.Join(", ", data.Shape)}], expected {TypeName(target.dtype)} "
                + $"[{string.Join(", ", target.shape)}]: it is of another network.");
        }

        using Tensor host = empty(target.shape, target.dtype);
        host.bytes = data.Data.ToArray();
        target.copy_(host);
    }

    private static string TypeName(ScalarType type) => Array.Find(Types, known => known.Torch == type).Name
        ?? throw new NotSupportedException($"A checkpoint cannot hold tensors of type {type}.");
}
