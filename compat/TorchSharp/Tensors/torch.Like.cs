namespace TorchSharp;

public static partial class torch
{
    /// <summary>Zeros in a tensor's shape, and in its type and on its device unless given.</summary>
    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        return input.zeros_like(dtype, device, requires_grad);
    }

    /// <summary>Ones in a tensor's shape, and in its type and on its device unless given.</summary>
    public static Tensor ones_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        return input.ones_like(dtype, device, requires_grad);
    }

    /// <summary>Whatever the memory held in a tensor's shape, and in its type and on its device unless given.</summary>
    public static Tensor empty_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        return input.empty_like(dtype, device, requires_grad);
    }

    /// <summary>Uniform random numbers from 0 to before 1 in a tensor's shape, and in its type and on its device unless given.</summary>
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.rand_like(dtype, device, requires_grad);

    /// <summary>Normal random numbers in a tensor's shape, and in its type and on its device unless given.</summary>
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.randn_like(dtype, device, requires_grad);

    /// <summary>One value in a tensor's shape, and in its type and on its device unless given.</summary>
    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        return input.full_like(value, dtype, device, requires_grad);
    }
}
