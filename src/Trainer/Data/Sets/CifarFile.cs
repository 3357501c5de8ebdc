namespace Granary.Trainer.Data.Sets;

/// <summary>The records of one CIFAR file.</summary>
/// <param name="Pixels">Picture after picture, plane by plane.</param>
/// <param name="Labels">The class of each picture.</param>
internal sealed record CifarFile(byte[] Pixels, int[] Labels)
{
    /// <summary>Reads a file's records.</summary>
    /// <param name="content">The file's content, from its start.</param>
    /// <param name="layout">The set.</param>
    /// <param name="name">Which of the set's files it is.</param>
    /// <param name="path">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">It has not the records that it must have: the message says which, and what was expected.</exception>
    public static CifarFile Read(Stream content, CifarLayout layout, string name, string path)
    {
        int records = layout.RecordsOf(name);
        byte[] pixels = new byte[checked(records * CifarLayout.PictureBytes)];
        int[] labels = new int[records];
        byte[] head = new byte[layout.Labels];
        for (int record = 0; record < records; record++)
        {
            Span<byte> picture = pixels.AsSpan(record * CifarLayout.PictureBytes, CifarLayout.PictureBytes);
            int read = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            read += content.ReadAtLeast(picture, picture.Length, throwOnEndOfStream: false);
            if (read < layout.RecordBytes)
            {
                throw new InvalidDataException(
                    $"{path}: record {record} of {records} is cut off: expected {layout.RecordBytes} bytes, found {read}. Fetch the file again.");
            }

            labels[record] = head[^1];
            if (labels[record] >= layout.ClassNames.Count)
            {
                throw new InvalidDataException(
                    $"{path}: record {record} has label {labels[record]}, expected 0 to {layout.ClassNames.Count - 1}. Is it {layout.Name}'s file?");
            }
        }

        return content.ReadByte() < 0
            ? new CifarFile(pixels, labels)
            : throw new InvalidDataException($"{path}: bytes follow the last of {records} records. Is it {layout.Name}'s file?");
    }
}
