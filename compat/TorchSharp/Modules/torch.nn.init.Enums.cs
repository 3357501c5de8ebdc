namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            /// <summary>What follows a layer.</summary>
            public enum NonlinearityType
            {
                /// <summary>Nothing.</summary>
                Linear = 0,

                /// <summary>A convolution along one axis.</summary>
                Conv1D = 1,

                /// <summary>A convolution along two axes.</summary>
                Conv2D = 2,

                /// <summary>A convolution along three axes.</summary>
                Conv3D = 3,

                /// <summary>A transposed convolution along one axis.</summary>
                ConvTranspose1D = 4,

                /// <summary>A transposed convolution along two axes.</summary>
                ConvTranspose2D = 5,

                /// <summary>A transposed convolution along three axes.</summary>
                ConvTranspose3D = 6,

                /// <summary>The logistic function.</summary>
                Sigmoid = 7,

                /// <summary>The hyperbolic tangent.</summary>
                Tanh = 8,

                /// <summary>max(x, 0).</summary>
                ReLU = 9,

                /// <summary>max(x, 0) with a slope below zero.</summary>
                LeakyReLU = 10,
            }

            /// <summary>Which fan keeps its variance.</summary>
            public enum FanInOut
            {
                /// <summary>The inputs of an output: keeps the variance forward.</summary>
                FanIn = 0,

                /// <summary>The outputs of an input: keeps the variance backward.</summary>
                FanOut = 1,
            }
        }
    }
}
