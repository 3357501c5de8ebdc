using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The number of axes.</summary>
        public long Dimensions => NativeMethods.gt_ndim(this);

        /// <summary>The number of axes.</summary>
        public long dim() => Dimensions;

        /// <summary>The number of axes.</summary>
        public long ndim => Dimensions;

        /// <summary>The number of elements.</summary>
        public long NumberOfElements => NativeMethods.gt_numel(this);

        /// <summary>The number of elements.</summary>
        public long numel() => NumberOfElements;

        /// <summary>Bytes per element.</summary>
        public long ElementSize => NativeMethods.gt_element_size(this);

        /// <summary>Bytes per element.</summary>
        public long element_size() => ElementSize;

        /// <summary>The type of the elements.</summary>
        public ScalarType dtype => (ScalarType)NativeMethods.gt_dtype(this);

        /// <summary>The device that holds the elements.</summary>
        public Device device
        {
            get
            {
                DeviceType type = device_type;
                return type == DeviceType.CPU ? CPU : new Device(type, device_index);
            }
        }

        /// <summary>The kind of device that holds the elements.</summary>
        public DeviceType device_type => (DeviceType)NativeMethods.gt_device_type(this);

        /// <summary>The device's index among its kind; -1 for the CPU.</summary>
        public int device_index => NativeMethods.gt_device_index(this);

        /// <summary>The length of every axis.</summary>
        public long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                NativeMethods.gt_sizes(this, sizes);
                return sizes;
            }
        }

        /// <summary>The length of every axis.</summary>
        public long[] size() => shape;

        /// <summary>The length of one axis; negative counts from the last.</summary>
        public long size(int dim)
        {
            long[] sizes = shape;
            return sizes[dim < 0 ? dim + sizes.Length : dim];
        }

        /// <summary>The step of every axis, in elements.</summary>
        public long[] stride()
        {
            var strides = new long[Dimensions];
            NativeMethods.gt_strides(this, strides);
            return strides;
        }

        /// <summary>The step of one axis, in elements; negative counts from the last.</summary>
        public long stride(int dim)
        {
            long[] strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        /// <summary>Where the first element lies in the storage, in elements.</summary>
        public long storage_offset() => NativeMethods.gt_storage_offset(this);

        /// <summary>Whether the elements lie row by row without gaps.</summary>
        public bool is_contiguous() => NativeMethods.gt_is_contiguous(this);

        /// <summary>Whether the tensor is sparse.</summary>
        public bool is_sparse => NativeMethods.gt_is_sparse(this);

        /// <summary>Whether the elements lie in main memory.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>Whether the elements lie on a CUDA device.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Whether the tensor has a shape but no elements in memory.</summary>
        public bool is_meta => device_type == DeviceType.META;

        /// <summary>Whether the elements are integers.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Whether the elements are real floating-point numbers.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the elements are complex numbers.</summary>
        public bool is_complex() => torch.is_complex(dtype);

        /// <summary>Whether the tensor was not made by a recorded operation.</summary>
        public bool is_leaf => NativeMethods.gt_is_leaf(this);
    }
}
