namespace Granary.Trainer.Checkpoints.PyTorch;

/// <summary>
/// Reads the zip files of <c>torch.save</c> (PyTorch 1.6 and later). Tensors are read and nothing else: what a pickle may name is the short
/// list of <see cref="TorchGlobals"/>, and nothing in a file is ever executed.
/// </summary>
internal static class TorchFile
{
    // Views may repeat elements, so tensors can be longer than their storages; those of real networks hardly are.
    private const long SpareBytes = 64 << 20;

    /// <summary>Reads the network's tensors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends the reading between two tensors.</param>
    /// <exception cref="InvalidDataException">
    /// It is damaged, holds something else than tensors, or has no state dictionary: the message says which record and what was expected.
    /// </exception>
    public static IReadOnlyDictionary<string, TensorData> Read(string path, CancellationToken cancellation = default)
    {
        using var archive = TorchArchive.Open(path);
        (byte[] pickle, string where) = archive.ReadPickle();
        Dictionary<string, TorchTensor> views = TorchStateDictionary.Find(PickleMachine.Read(pickle, where), where);
        CheckSize(views, (2 * archive.Bytes) + SpareBytes, where);
        var tensors = new Dictionary<string, TensorData>(views.Count);
        foreach ((string name, TorchTensor view) in views)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlyMemory<byte> data = StridedElements.Read(archive.Read(view.Storage), view);
            tensors.Add(name, new TensorData(view.Storage.Type.Name, view.Sizes, data));
        }

        return tensors;
    }

    private static void CheckSize(Dictionary<string, TorchTensor> tensors, long limit, string where)
    {
        UInt128 total = 0;
        foreach ((string name, TorchTensor tensor) in tensors)
        {
            UInt128 bytes = (UInt128)StridedElements.Elements(tensor.Sizes) * (UInt128)tensor.Storage.Type.Bytes;
            total += bytes;
            if (bytes > (UInt128)Array.MaxLength || total > (UInt128)limit)
            {
                throw new InvalidDataException(
                    $"{where}: with tensor {name} ({bytes} bytes) the tensors take {total} bytes; "
                    + $"expected at most {limit} for a file of this length.");
            }
        }
    }
}
