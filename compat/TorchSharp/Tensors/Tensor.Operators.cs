using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        /// <summary>The sum.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        /// <summary>The sum.</summary>
        public static Tensor operator +(Tensor left, int right) => left.add((Scalar)right);

        /// <summary>The sum.</summary>
        public static Tensor operator +(Tensor left, long right) => left.add((Scalar)right);

        /// <summary>The sum.</summary>
        public static Tensor operator +(Tensor left, float right) => left.add((Scalar)right);

        /// <summary>The sum.</summary>
        public static Tensor operator +(Tensor left, double right) => left.add((Scalar)right);

        /// <summary>The sum.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        /// <summary>The sum.</summary>
        public static Tensor operator +(int left, Tensor right) => right.add((Scalar)left);

        /// <summary>The sum.</summary>
        public static Tensor operator +(long left, Tensor right) => right.add((Scalar)left);

        /// <summary>The sum.</summary>
        public static Tensor operator +(float left, Tensor right) => right.add((Scalar)left);

        /// <summary>The sum.</summary>
        public static Tensor operator +(double left, Tensor right) => right.add((Scalar)left);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Tensor left, int right) => left.sub((Scalar)right);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Tensor left, long right) => left.sub((Scalar)right);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Tensor left, float right) => left.sub((Scalar)right);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Tensor left, double right) => left.sub((Scalar)right);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => right.SubtractedFrom(left);

        /// <summary>The difference.</summary>
        public static Tensor operator -(int left, Tensor right) => right.SubtractedFrom((Scalar)left);

        /// <summary>The difference.</summary>
        public static Tensor operator -(long left, Tensor right) => right.SubtractedFrom((Scalar)left);

        /// <summary>The difference.</summary>
        public static Tensor operator -(float left, Tensor right) => right.SubtractedFrom((Scalar)left);

        /// <summary>The difference.</summary>
        public static Tensor operator -(double left, Tensor right) => right.SubtractedFrom((Scalar)left);

        /// <summary>The product.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        /// <summary>The product.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        /// <summary>The product.</summary>
        public static Tensor operator *(Tensor left, int right) => left.mul((Scalar)right);

        /// <summary>The product.</summary>
        public static Tensor operator *(Tensor left, long right) => left.mul((Scalar)right);

        /// <summary>The product.</summary>
        public static Tensor operator *(Tensor left, float right) => left.mul((Scalar)right);

        /// <summary>The product.</summary>
        public static Tensor operator *(Tensor left, double right) => left.mul((Scalar)right);

        /// <summary>The product.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        /// <summary>The product.</summary>
        public static Tensor operator *(int left, Tensor right) => right.mul((Scalar)left);

        /// <summary>The product.</summary>
        public static Tensor operator *(long left, Tensor right) => right.mul((Scalar)left);

        /// <summary>The product.</summary>
        public static Tensor operator *(float left, Tensor right) => right.mul((Scalar)left);

        /// <summary>The product.</summary>
        public static Tensor operator *(double left, Tensor right) => right.mul((Scalar)left);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Tensor left, int right) => left.div((Scalar)right);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Tensor left, long right) => left.div((Scalar)right);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Tensor left, float right) => left.div((Scalar)right);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Tensor left, double right) => left.div((Scalar)right);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => right.DividingInto(left);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(int left, Tensor right) => right.DividingInto((Scalar)left);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(long left, Tensor right) => right.DividingInto((Scalar)left);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(float left, Tensor right) => right.DividingInto((Scalar)left);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(double left, Tensor right) => right.DividingInto((Scalar)left);

        /// <summary>Each element with its sign changed.</summary>
        public static Tensor operator -(Tensor tensor) => tensor.neg();

        /// <summary>The remainder of a division, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);

        /// <summary>The remainder of a division, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, Scalar right) => left.remainder(right);

        /// <summary>The bits set in both elements.</summary>
        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);

        /// <summary>The bits set in either element.</summary>
        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);

        /// <summary>The bits set in exactly one element.</summary>
        public static Tensor operator ^(Tensor left, Tensor right) => left.bitwise_xor(right);

        /// <summary>Each element with its bits inverted; of booleans, the contrary.</summary>
        public static Tensor operator ~(Tensor left) => left.bitwise_not();

        private Tensor SubtractedFrom(Scalar left) =>
            NativeMethods.Result(NativeMethods.gt_rsub_scalar(this, left, out Tensor result), result);

        private Tensor DividingInto(Scalar left)
        {
            using Tensor inverse = reciprocal();
            return inverse.mul(left);
        }
    }
}
