using System.Runtime.CompilerServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements an index expression names; without tensors in it, over the same memory.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The elements at the places, or under the masks, that tensors hold.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>One place of the first axis; negative counts from the end.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, TensorIndex.Single(i1));
        }

        /// <summary>One place of the first two axes.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(TensorIndex.Single(i1), TensorIndex.Single(i2));
            set => index_put_(value, TensorIndex.Single(i1), TensorIndex.Single(i2));
        }

        /// <summary>One place of the first three axes.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(TensorIndex.Single(i1), TensorIndex.Single(i2), TensorIndex.Single(i3));
            set => index_put_(value, TensorIndex.Single(i1), TensorIndex.Single(i2), TensorIndex.Single(i3));
        }

        /// <summary>One place of the first four axes.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(TensorIndex.Single(i1), TensorIndex.Single(i2), TensorIndex.Single(i3), TensorIndex.Single(i4));
            set => index_put_(
                value, TensorIndex.Single(i1), TensorIndex.Single(i2), TensorIndex.Single(i3), TensorIndex.Single(i4));
        }

        /// <summary>The elements an index expression names.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            IndexItem[] items = Items(indices);
            Tensor found = NativeMethods.Result(NativeMethods.gt_index(this, items, items.Length, out Tensor result), result);
            GC.KeepAlive(indices);
            return found;
        }

        /// <summary>The elements at the places, or under the masks, that tensors hold.</summary>
        public Tensor index(params Tensor[] indices) => index(Indices(indices));

        /// <summary>Writes to the elements an index expression names; the value expands to their shape.</summary>
        /// <returns>This tensor.</returns>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            IndexItem[] items = Items(indices);
            NativeMethods.Check(NativeMethods.gt_index_put_(this, items, items.Length, value));
            GC.KeepAlive(indices);
            return this;
        }

        /// <summary>Writes to the elements at the places, or under the masks, that tensors hold.</summary>
        /// <returns>This tensor.</returns>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, Indices(indices));

        private static IndexItem[] Items(TensorIndex[] indices) => Array.ConvertAll(indices, index => index.Item);

        private static TensorIndex[] Indices(Tensor[] indices) => Array.ConvertAll(indices, TensorIndex.Tensor);
    }
}
