using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The same elements in another shape, over the same memory; one length may be -1.</summary>
        public Tensor view(params long[] shape) =>
            NativeMethods.Result(NativeMethods.gt_view(this, shape, shape.Length, out Tensor result), result);

        /// <summary>The same elements in another shape, copied only where a view is impossible; one length may be -1.</summary>
        public Tensor reshape(params long[] shape) =>
            NativeMethods.Result(NativeMethods.gt_reshape(this, shape, shape.Length, out Tensor result), result);

        /// <summary>The axes from start_dim to end_dim made one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            NativeMethods.Result(NativeMethods.gt_flatten(this, start_dim, end_dim, out Tensor result), result);

        /// <summary>One axis made several.</summary>
        public Tensor unflatten(long dim, params long[] sizes) =>
            NativeMethods.Result(NativeMethods.gt_unflatten(this, dim, sizes, sizes.Length, out Tensor result), result);

        /// <summary>The axes in another order, over the same memory.</summary>
        public Tensor permute(params long[] permutation) =>
            NativeMethods.Result(NativeMethods.gt_permute(this, permutation, permutation.Length, out Tensor result), result);

        /// <summary>Two axes exchanged, over the same memory.</summary>
        public Tensor transpose(long dim0, long dim1) =>
            NativeMethods.Result(NativeMethods.gt_transpose(this, dim0, dim1, out Tensor result), result);

        /// <summary>The tensor with its axes in reverse order.</summary>
        public Tensor T => permute([.. Enumerable.Range(0, (int)Dimensions).Reverse().Select(axis => (long)axis)]);

        /// <summary>The axes of length 1 taken away, or one of them.</summary>
        public Tensor squeeze(long? dim = null) =>
            NativeMethods.Result(dim is { } axis
            ? NativeMethods.gt_squeeze_dim(this, axis, out Tensor result)
            : NativeMethods.gt_squeeze(this, out result), result);

        /// <summary>A new axis of length 1.</summary>
        public Tensor unsqueeze(long dim) => NativeMethods.Result(NativeMethods.gt_unsqueeze(this, dim, out Tensor result), result);

        /// <summary>Adds a new axis of length 1.</summary>
        /// <returns>This tensor.</returns>
        public Tensor unsqueeze_(long dim) => InPlace(NativeMethods.gt_unsqueeze_(this, dim));

        /// <summary>Axes of length 1 repeated without copying; -1 keeps a length.</summary>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) =>
            NativeMethods.Result(NativeMethods.gt_expand(this, sizes, sizes.Length, out Tensor result), result);

        /// <summary>Axes of length 1 repeated without copying; -1 keeps a length.</summary>
        public Tensor expand(params long[] sizes) => expand((ReadOnlySpan<long>)sizes);

        /// <summary>The tensor copied several times along each axis.</summary>
        public Tensor repeat(params long[] sizes) =>
            NativeMethods.Result(NativeMethods.gt_repeat(this, sizes, sizes.Length, out Tensor result), result);

        /// <summary>The elements in reverse order along axes.</summary>
        public Tensor flip(params long[] dims) =>
            NativeMethods.Result(NativeMethods.gt_flip(this, dims, dims.Length, out Tensor result), result);

        /// <summary>The elements shifted along axes, those that leave coming back on the other side.</summary>
        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) =>
            NativeMethods.Result(NativeMethods.gt_roll(this, shifts, shifts.Length, dims, dims.Length, out Tensor result), result);

        /// <summary>The elements shifted along an axis, or along the flattened tensor.</summary>
        public Tensor roll(long shifts, long? dims = null) =>
            dims is { } axis ? roll((ReadOnlySpan<long>)[shifts], [axis]) : roll((ReadOnlySpan<long>)[shifts]);

        /// <summary>A view with given lengths and steps.</summary>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0L) =>
            NativeMethods.Result(NativeMethods.gt_as_strided(this, size, strides, size.Length, storageOffset, out Tensor result), result);

        /// <summary>A part of an axis, over the same memory.</summary>
        public Tensor narrow(long dim, long start, long length) =>
            NativeMethods.Result(NativeMethods.gt_narrow(this, dim, start, length, out Tensor result), result);

        /// <summary>Every step-th place of an axis from start to before finish, over the same memory.</summary>
        public Tensor slice(long dim, long start, long finish, long step) =>
            NativeMethods.Result(NativeMethods.gt_slice(this, dim, start, finish, step, out Tensor result), result);

        /// <summary>One place of an axis, which goes away; over the same memory.</summary>
        public Tensor select(long dim, long index) =>
            NativeMethods.Result(NativeMethods.gt_select(this, dim, index, out Tensor result), result);

        /// <summary>The places of an axis that a vector of indices names, copied.</summary>
        public Tensor index_select(long dim, Tensor index) =>
            NativeMethods.Result(NativeMethods.gt_index_select(this, dim, index, out Tensor result), result);

        /// <summary>Adds multiples of the slices of source to the places that index names.</summary>
        /// <returns>This tensor.</returns>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            InPlace(NativeMethods.gt_index_add_(this, dim, index, source, alpha));

        /// <summary>The elements that index names along an axis; the result has the shape of index.</summary>
        public Tensor gather(long dim, Tensor index) =>
            NativeMethods.Result(NativeMethods.gt_gather(this, dim, index, out Tensor result), result);

        /// <summary>This tensor with elements of src at the places that index names along an axis.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) =>
            NativeMethods.Result(NativeMethods.gt_scatter(this, dim, index, src, out Tensor result), result);

        /// <summary>Writes elements of src to the places that index names along an axis.</summary>
        /// <returns>This tensor.</returns>
        public Tensor scatter_(long dim, Tensor index, Tensor src) => InPlace(NativeMethods.gt_scatter_(this, dim, index, src));

        /// <summary>This tensor with elements of src added at the places that index names along an axis.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) =>
            NativeMethods.Result(NativeMethods.gt_scatter_add(this, dim, index, src, out Tensor result), result);

        /// <summary>Adds elements of src at the places that index names along an axis.</summary>
        /// <returns>This tensor.</returns>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => InPlace(NativeMethods.gt_scatter_add_(this, dim, index, src));

        /// <summary>The lower triangle of matrices, zero elsewhere.</summary>
        public Tensor tril(long diagonal = 0) => NativeMethods.Result(NativeMethods.gt_tril(this, diagonal, out Tensor result), result);

        /// <summary>The upper triangle of matrices, zero elsewhere.</summary>
        public Tensor triu(long diagonal = 0) => NativeMethods.Result(NativeMethods.gt_triu(this, diagonal, out Tensor result), result);

        /// <summary>At most that many parts of an axis, over the same memory.</summary>
        public Tensor[] chunk(long chunks, long dim = 0L) =>
            Parts(chunks, (parts, room) =>
            {
                NativeMethods.Check(NativeMethods.gt_chunk(this, chunks, dim, parts, room, out int count));
                return count;
            });

        /// <summary>Parts of the given length of an axis, the last one perhaps shorter; over the same memory.</summary>
        public Tensor[] split(long size, int dim = 0) =>
            Parts((this.size(dim) + size - 1) / size, (parts, room) =>
            {
                NativeMethods.Check(NativeMethods.gt_split(this, size, dim, parts, room, out int count));
                return count;
            });

        /// <summary>Parts of the given lengths of an axis, over the same memory.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) =>
            Parts(sizes.Length, (parts, room) =>
            {
                NativeMethods.Check(NativeMethods.gt_split_sizes(this, sizes, sizes.Length, dim, parts, room, out int count));
                return count;
            });

        /// <summary>The slices of an axis, over the same memory.</summary>
        public Tensor[] unbind(long dimension = 0L) =>
            Parts(size((int)dimension), (parts, room) =>
            {
                NativeMethods.Check(NativeMethods.gt_unbind(this, dimension, parts, room, out int count));
                return count;
            });

        private delegate int Splitter(Span<nint> parts, int room);

        // The most parts there can be are known before, so that one call does.
        private static Tensor[] Parts(long most, Splitter split)
        {
            var handles = new nint[Math.Max(1, most)];
            int count = split(handles, handles.Length);
            return HandleList.Wrap(handles.AsSpan(0, count));
        }
    }
}
