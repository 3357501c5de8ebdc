using System.Buffers;

namespace Granary.Trainer.Data.Decoding;

/// <summary>A JPEG or PNG file.</summary>
internal sealed class PictureFile : IPicture
{
    private const int MaxFileBytes = 1 << 30;

    private readonly string _path;
    private readonly byte[] _file;
    private readonly int _bytes;
    private readonly PictureShape _shape;
    private byte[] _pixels = [];

    private PictureFile(string path, byte[] file, int bytes)
    {
        _path = path;
        _file = file;
        _bytes = bytes;
        _shape = PictureDecoder.Measure(new PictureBytes(path, file.AsSpan(0, bytes)));
    }

    /// <inheritdoc/>
    public int Width => _shape.Width;

    /// <inheritdoc/>
    public int Height => _shape.Height;

    /// <summary>Reads a file and its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not a picture, its header is damaged, or it is too large.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PictureFile Open(string path)
    {
        using var handle = File.OpenHandle(path);
        long length = RandomAccess.GetLength(handle);
        if (length > MaxFileBytes)
            throw new InvalidDataException($"{path}: {length} bytes, expected a picture file of at most {MaxFileBytes}.");
        byte[] file = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            return new PictureFile(path, file, ReadAll(handle, file.AsSpan(0, (int)length)));
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(file);
            throw;
        }
    }

    /// <inheritdoc/>
    public (int Width, int Height) SizeAt(int denominator)
    {
        PictureShape part = _shape.At(denominator);
        return (part.Width, part.Height);
    }

    /// <summary>R, G, B bytes side by side.</summary>
    /// <inheritdoc/>
    public Pixels Read(int denominator, PixelArea area)
    {
        (int width, int height) = SizeAt(denominator);
        int needed = checked(3 * width * height);
        if (_pixels.Length < needed)
        {
            ArrayPool<byte>.Shared.Return(_pixels);
            _pixels = [];
            _pixels = ArrayPool<byte>.Shared.Rent(needed);
        }

        PictureDecoder.Decode(new PictureBytes(_path, _file.AsSpan(0, _bytes)), denominator, area, _pixels);
        return new Pixels(_pixels, width, height, channels: 3, interleaved: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_file);
        ArrayPool<byte>.Shared.Return(_pixels);
        _pixels = [];
    }

    private static int ReadAll(Microsoft.Win32.SafeHandles.SafeFileHandle handle, Span<byte> target)
    {
        int read = 0;
        while (read < target.Length)
        {
            int some = RandomAccess.Read(handle, target[read..], read);
            if (some == 0)
                break;
            read += some;
        }

        return read;
    }
}
