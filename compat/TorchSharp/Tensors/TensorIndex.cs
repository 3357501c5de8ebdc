using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One entry of an index expression: a place, a slice, a mask, a tensor of places, a new axis, or the axes between.</summary>
    public struct TensorIndex
    {
        /// <summary>All axes that no other entry takes.</summary>
        public static readonly TensorIndex Ellipsis = new(1);

        /// <summary>A new axis of length 1.</summary>
        public static readonly TensorIndex None = new(0);

        /// <summary>A new axis of length 1.</summary>
        public static readonly TensorIndex Null = new(0);

        /// <summary>The whole axis.</summary>
        public static readonly TensorIndex Colon = Slice();

        private readonly long _kind;
        private readonly long? _start;
        private readonly long? _stop;
        private readonly long? _step;
        private readonly Tensor? _tensor;

        private TensorIndex(long kind, long? start = null, long? stop = null, long? step = null, Tensor? tensor = null)
        {
            _kind = kind;
            _start = start;
            _stop = stop;
            _step = step;
            _tensor = tensor;
        }

        /// <summary>The places from start to before stop; negative ones count from the end.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(4, start, stop, step);

        /// <summary>The places from start to before end; negative ones count from the end.</summary>
        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        /// <summary>The places of a range.</summary>
        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        /// <summary>Keeps or drops everything.</summary>
        public static TensorIndex Bool(bool value) => new(3, value ? 1 : 0);

        /// <summary>One place, whose axis goes away; negative counts from the end.</summary>
        public static TensorIndex Single(long? index) => new(2, index ?? 0);

        /// <summary>The places, or the mask, that a tensor holds.</summary>
        public static TensorIndex Tensor(Tensor tensor) => new(5, tensor: tensor);

        /// <summary>One place.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>The places from start to before end.</summary>
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        /// <summary>The places of a range.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One place, perhaps from the end.</summary>
        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        internal readonly IndexItem Item => new(
            _kind,
            (_start.HasValue ? 1 : 0) | (_stop.HasValue ? 2 : 0) | (_step.HasValue ? 4 : 0),
            _start ?? 0,
            _stop ?? 0,
            _step ?? 0,
            _tensor?.Handle ?? 0);
    }
}
