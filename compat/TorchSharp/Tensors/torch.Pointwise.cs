namespace TorchSharp;

public static partial class torch
{
    /// <summary>The absolute value of each element.</summary>
    public static Tensor abs(Tensor input) => input.abs();

    /// <summary>Each element with its sign changed.</summary>
    public static Tensor neg(Tensor input) => input.neg();

    /// <summary>e to the power of each element.</summary>
    public static Tensor exp(Tensor input) => input.exp();

    /// <summary>e to the power of each element, less one; exact near zero.</summary>
    public static Tensor expm1(Tensor input) => input.expm1();

    /// <summary>The natural logarithm of each element.</summary>
    public static Tensor log(Tensor input) => input.log();

    /// <summary>The natural logarithm of one plus each element; exact near zero.</summary>
    public static Tensor log1p(Tensor input) => input.log1p();

    /// <summary>The logarithm to base 2 of each element.</summary>
    public static Tensor log2(Tensor input) => input.log2();

    /// <summary>The logarithm to base 10 of each element.</summary>
    public static Tensor log10(Tensor input) => input.log10();

    /// <summary>The square root of each element.</summary>
    public static Tensor sqrt(Tensor input) => input.sqrt();

    /// <summary>One over the square root of each element.</summary>
    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    /// <summary>The square of each element.</summary>
    public static Tensor square(Tensor input) => input.square();

    /// <summary>One over each element.</summary>
    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    /// <summary>1 / (1 + e^-x) of each element.</summary>
    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    /// <summary>The hyperbolic tangent of each element.</summary>
    public static Tensor tanh(Tensor input) => input.tanh();

    /// <summary>The sine of each element, in radians.</summary>
    public static Tensor sin(Tensor input) => input.sin();

    /// <summary>The cosine of each element, in radians.</summary>
    public static Tensor cos(Tensor input) => input.cos();

    /// <summary>The error function of each element.</summary>
    public static Tensor erf(Tensor input) => input.erf();

    /// <summary>Each element rounded down.</summary>
    public static Tensor floor(Tensor input) => input.floor();

    /// <summary>Each element rounded up.</summary>
    public static Tensor ceil(Tensor input) => input.ceil();

    /// <summary>Each element rounded toward zero.</summary>
    public static Tensor trunc(Tensor input) => input.trunc();

    /// <summary>-1, 0 or 1 by the sign of each element.</summary>
    public static Tensor sign(Tensor input) => input.sign();

    /// <summary>Whether each element is not a number.</summary>
    public static Tensor isnan(Tensor input) => input.isnan();

    /// <summary>Whether each element is infinite.</summary>
    public static Tensor isinf(Tensor tensor) => tensor.isinf();

    /// <summary>Whether each element is neither infinite nor NaN.</summary>
    public static Tensor isfinite(Tensor tensor) => tensor.isfinite();

    /// <summary>Whether each element is zero.</summary>
    public static Tensor logical_not(Tensor input) => input.logical_not();

    /// <summary>A matrix with its axes exchanged; fewer axes stay.</summary>
    public static Tensor t(Tensor input) => input.t();

    /// <summary>The sum of the diagonal of a matrix.</summary>
    public static Tensor trace(Tensor input) => input.trace();

    /// <summary>The positions of the elements that are not zero: one row each, one column per axis.</summary>
    public static Tensor nonzero(Tensor input) => input.nonzero();

    /// <summary>The product of the elements.</summary>
    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);

    /// <summary>Each element to the power of the other.</summary>
    public static Tensor pow(Tensor left, Tensor exponent) => left.pow(exponent);

    /// <summary>Whether the elements are equal.</summary>
    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);

    /// <summary>Whether the elements differ.</summary>
    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);

    /// <summary>Whether the elements are less than the other.</summary>
    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);

    /// <summary>Whether the elements are less than or equal to the other.</summary>
    public static Tensor le(Tensor left, Tensor right) => left.le(right);

    /// <summary>Whether the elements are greater than the other.</summary>
    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);

    /// <summary>Whether the elements are greater than or equal to the other.</summary>
    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);

    /// <summary>The product of two matrices, (n,k) and (k,m).</summary>
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    /// <summary>The matrix product; leading axes are batches and expand to each other.</summary>
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    /// <summary>The products of two batches of matrices, (b,n,k) and (b,k,m).</summary>
    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    /// <summary>The inner product of two vectors.</summary>
    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);

    /// <summary>The product of a matrix and a vector.</summary>
    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);

    /// <summary>The greater of the elements.</summary>
    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    /// <summary>The lesser of the elements.</summary>
    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    /// <summary>Whether both elements are not zero.</summary>
    public static Tensor logical_and(Tensor left, Tensor right) => left.logical_and(right);

    /// <summary>Whether either element is not zero.</summary>
    public static Tensor logical_or(Tensor left, Tensor right) => left.logical_or(right);

    /// <summary>Whether exactly one of the elements is not zero.</summary>
    public static Tensor logical_xor(Tensor left, Tensor right) => left.logical_xor(right);
}
