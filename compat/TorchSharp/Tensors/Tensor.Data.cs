using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The bytes of a contiguous tensor in main memory, live: valid as long as the tensor is.</summary>
        /// <exception cref="InvalidOperationException">The tensor is on another device, or not contiguous.</exception>
        /// <exception cref="NotSupportedException">The tensor holds 2 GiB or more.</exception>
        public Span<byte> bytes
        {
            get
            {
                long total = NumberOfElements * ElementSize;
                if (total > int.MaxValue)
                    throw new NotSupportedException($"A span holds at most {int.MaxValue} bytes; the tensor has {total}. Narrow it first.");
                if (!is_contiguous())
                    throw new InvalidOperationException("Only a contiguous tensor has its bytes in order; call contiguous() first.");
                return RawBytes((int)total);
            }
            set
            {
                long total = NumberOfElements * ElementSize;
                if (value.Length != total)
                    throw new ArgumentException($"The tensor has {total} bytes, but {value.Length} were given.", nameof(value));
                value.CopyTo(bytes);
            }
        }

        /// <summary>Reads and writes the elements of a tensor in main memory in place.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the type of the elements.</exception>
        public Utils.TensorAccessor<T> data<T>() where T : unmanaged => new(this);

        /// <summary>The only element of a tensor of one element, on any device.</summary>
        /// <exception cref="ArgumentException">There is not exactly one element, or <typeparamref name="T"/> is not its type.</exception>
        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException($"Number of elements in the tensor must be 1, but it is {NumberOfElements}.");
            ElementTypes.Require<T>(dtype);
            Span<T> value = stackalloc T[1];
            if (is_cpu())
            {
                RawBytes((int)ElementSize).CopyTo(MemoryMarshal.AsBytes(value));
            }
            else
            {
                using Tensor local = cpu();
                local.RawBytes((int)ElementSize).CopyTo(MemoryMarshal.AsBytes(value));
            }

            GC.KeepAlive(this);
            return value[0];
        }

        /// <summary>The only element as a number.</summary>
        public Scalar ToScalar()
        {
            ScalarType type = dtype;
            if (type == ScalarType.Bool) return ReadInt64() != 0;
            if (torch.is_integral(type)) return ReadInt64();
            NativeMethods.Check(NativeMethods.gt_item_double(this, out double value));
            return value;
        }

        /// <summary>Writes the elements in order to a stream.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentNullException.ThrowIfNull(stream);
            using Tensor ordered = is_contiguous() ? alias() : contiguous();
            using Tensor local = ordered.cpu();
            long total = local.NumberOfElements * local.ElementSize;
            for (long done = 0; done < total;)
            {
                int count = (int)Math.Min(total - done, BlockSize);
                stream.Write(local.RawBytes(count, done));
                done += count;
            }

            GC.KeepAlive(local);
        }

        /// <summary>Fills a contiguous tensor with bytes from a stream.</summary>
        /// <exception cref="EndOfStreamException">The stream has fewer bytes than the tensor.</exception>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentNullException.ThrowIfNull(stream);
            if (!is_contiguous() || !is_cpu())
                throw new InvalidOperationException("Bytes can be read into a contiguous tensor in main memory only.");
            long total = NumberOfElements * ElementSize;
            for (long done = 0; done < total;)
            {
                int count = (int)Math.Min(total - done, BlockSize);
                stream.ReadExactly(RawBytes(count, done));
                done += count;
            }

            GC.KeepAlive(this);
        }

        private const int BlockSize = 1 << 20;

        internal unsafe Span<byte> RawBytes(int count, long offset = 0)
        {
            if (!is_cpu())
                throw new InvalidOperationException($"The elements are on {device}; move the tensor with cpu() before reading them.");
            if (count == 0) return [];
            NativeMethods.Check(NativeMethods.gt_data_ptr(this, out nint address));
            return new Span<byte>((byte*)address + offset, count);
        }

        private long ReadInt64()
        {
            NativeMethods.Check(NativeMethods.gt_item_int64(this, out long value));
            return value;
        }
    }
}
