using Granary.Trainer.Checkpoints.PyTorch;

namespace Granary.Trainer.Checkpoints;

/// <summary>
/// Reads a network's tensors from a file of weights: safetensors (a checkpoint's too), or PyTorch's <c>.pth</c> and <c>.pt</c>. What a file
/// is, its first bytes say; its name does not matter.
/// </summary>
internal static class WeightFile
{
    private const int HeadBytes = 9;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Which.</param>
    /// <param name="wanted">Which of its tensors.</param>
    /// <param name="cancellation">Ends the reading between two tensors.</param>
    /// <returns>The tensors by name, on the host.</returns>
    /// <exception cref="InvalidDataException">It is damaged or of another kind: the message says where and what to do.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static IReadOnlyDictionary<string, TensorData> Read(
        string path, WeightSet wanted = WeightSet.Preferred, CancellationToken cancellation = default)
    {
        byte[] head = ReadHead(path);
        IReadOnlyDictionary<string, TensorData> tensors = head switch
        {
            [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] => TorchFile.Read(path, cancellation),
            [_, _, _, _, _, _, _, _, (byte)'{'] => ReadSafetensors(path),
            // A pickle of protocol 2 and later begins so: torch.save before its version 1.6.
            [0x80, >= 2 and <= 5, ..] => throw new InvalidDataException(
                $"{path}: written in PyTorch's format of before 1.6; "
                + "load it in Python and save it again: torch.save(torch.load(FILE), FILE)."),
            _ => throw new InvalidDataException(
                $"{path}: not a file of weights; expected safetensors, or what torch.save has written since PyTorch 1.6."),
        };
        return TensorNames.Select(tensors, wanted, path);
    }

    private static IReadOnlyDictionary<string, TensorData> ReadSafetensors(string path)
    {
        long length = new FileInfo(path).Length;
        return length <= Array.MaxLength
            ? SafetensorsReader.Read(File.ReadAllBytes(path), path).Tensors
            : throw new InvalidDataException($"{path}: has {length} bytes; at most {Array.MaxLength} can be read.");
    }

    private static byte[] ReadHead(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] head = new byte[HeadBytes];
        return head[..file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
    }
}
