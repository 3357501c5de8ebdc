using System.Buffers.Binary;

namespace Granary.Trainer.Data.Decoding;

/// <summary>
/// A JPEG's markers, read without decoding anything: its size, and whether it is whole. Skia takes a file whose end is missing for a
/// whole one when its rows are there, and a progressive one after any of its scans.
/// </summary>
/// <param name="file">The file; it begins with the marker of a JPEG's start.</param>
internal ref struct JpegMarkers(PictureBytes file)
{
    // Encoders write about ten, and each costs time in proportion to the whole picture.
    private const int MaxScans = 200;

    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte Comment = 0xFE;
    private const int SizeInFrame = 1;

    private readonly PictureBytes _file = file;
    private readonly ReadOnlySpan<byte> _bytes = file.Bytes;
    private int _at = 2;

    /// <summary>The size that the frame header says.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="InvalidDataException">It ends before its frame header, or that is damaged.</exception>
    public static PictureShape Measure(PictureBytes file)
    {
        var markers = new JpegMarkers(file);
        while (true)
        {
            byte marker = markers.Next(out ReadOnlySpan<byte> segment);
            if (marker is EndOfImage or StartOfScan)
                throw file.Damaged("no frame header before the first scan");
            if (!IsFrame(marker))
                continue;
            if (segment.Length < SizeInFrame + 4)
                throw file.Damaged("Bogus marker length");
            int height = BinaryPrimitives.ReadUInt16BigEndian(segment[SizeInFrame..]);
            int width = BinaryPrimitives.ReadUInt16BigEndian(segment[(SizeInFrame + 2)..]);
            return width > 0 && height > 0
                ? new PictureShape(PictureFormat.Jpeg, width, height)
                : throw file.Damaged(FormattableString.Invariant($"{width}x{height} pixels"));
        }
    }

    /// <summary>Goes through the file to its end marker; what follows that is nobody's business.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="InvalidDataException">There is none, there is a marker that no JPEG has, or there are more scans than any needs.</exception>
    public static void CheckWhole(PictureBytes file)
    {
        var markers = new JpegMarkers(file);
        int scans = 0;
        int frames = 0;
        for (byte marker = markers.Next(out _); marker != EndOfImage; marker = markers.Next(out _))
        {
            if (marker == StartOfScan && ++scans > MaxScans)
                throw file.Unreadable(FormattableString.Invariant($"more than {MaxScans} scans"));
            if (IsFrame(marker) && ++frames > 1)
                throw file.Damaged("more than one frame header");
        }

        if (scans == 0)
            throw file.Damaged("no scan");
    }

    // A start of frame; three numbers among them mean something else.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    // Those that libjpeg knows.
    private static bool IsKnown(byte marker) => marker is >= 0xC0 and <= 0xDD or >= 0xE0 and <= 0xEF or Comment and not (StartOfImage or 0xC8);

    // The next marker and its segment. As in libjpeg: what lies between segments is passed over, and so are a scan's own bytes, its
    // restart markers (D0 to D7) and the zero that follows an FF of its data.
    private byte Next(out ReadOnlySpan<byte> segment)
    {
        while (true)
        {
            int found = _bytes[_at..].IndexOf((byte)0xFF);
            _at = found < 0 ? _bytes.Length : _at + found;
            while (_at < _bytes.Length && _bytes[_at] == 0xFF)
                _at++;
            if (_at == _bytes.Length)
                throw Premature();
            byte marker = _bytes[_at++];
            if (marker is 0 or 1 or (>= 0xD0 and <= 0xD7))
                continue;
            segment = marker == EndOfImage ? default : Segment(marker);
            return marker;
        }
    }

    private ReadOnlySpan<byte> Segment(byte marker)
    {
        if (!IsKnown(marker))
            throw _file.Damaged(FormattableString.Invariant($"Unsupported marker type 0x{marker:x2}"));
        if (_bytes.Length - _at < sizeof(ushort))
            throw Premature();
        int length = BinaryPrimitives.ReadUInt16BigEndian(_bytes[_at..]);
        if (length < sizeof(ushort))
            throw _file.Damaged("Bogus marker length");
        if (_bytes.Length - _at < length)
            throw Premature();
        ReadOnlySpan<byte> segment = _bytes.Slice(_at + sizeof(ushort), length - sizeof(ushort));
        _at += length;
        return segment;
    }

    private readonly InvalidDataException Premature() => _file.Damaged("Premature end of JPEG file");
}
