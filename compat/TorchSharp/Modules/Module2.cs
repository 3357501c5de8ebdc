namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Something that can be called with two arguments.</summary>
        /// <typeparam name="T1">The type of an argument.</typeparam>
        /// <typeparam name="T2">The type of an argument.</typeparam>
        /// <typeparam name="TResult">The type of the result.</typeparam>
        public interface IModule<T1, T2, TResult>
        {
            /// <summary>Runs hooks and forward.</summary>
            TResult call(T1 input1, T2 input2);
        }

        /// <summary>A module of two arguments.</summary>
        /// <typeparam name="T1">The type of an argument.</typeparam>
        /// <typeparam name="T2">The type of an argument.</typeparam>
        /// <typeparam name="TResult">The type of the result.</typeparam>
        public abstract class Module<T1, T2, TResult> :
            HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>, Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>,
            IModule<T1, T2, TResult>
        {
            /// <summary>Makes a module.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>Computes the result, without hooks; use <see cref="call"/>.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Runs the hooks before, forward, and the hooks after.</summary>
            public TResult call(T1 input1, T2 input2)
            {
                Run(ModulePreHooks);
                foreach (Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?> hook in PreHooks)
                {
                    if (hook(this, input1, input2) is { } changed) (input1, input2) = changed;
                }

                TResult result = forward(input1, input2);
                foreach (Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult> hook in PostHooks)
                {
                    if (hook(this, input1, input2, result) is { } changed) result = changed;
                }

                Run(ModulePostHooks);
                return result;
            }
        }
    }
}
