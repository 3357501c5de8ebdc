namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Something that can be called with three arguments.</summary>
        /// <typeparam name="T1">The type of an argument.</typeparam>
        /// <typeparam name="T2">The type of an argument.</typeparam>
        /// <typeparam name="T3">The type of an argument.</typeparam>
        /// <typeparam name="TResult">The type of the result.</typeparam>
        public interface IModule<T1, T2, T3, TResult>
        {
            /// <summary>Runs hooks and forward.</summary>
            TResult call(T1 input1, T2 input2, T3 input3);
        }

        /// <summary>A module of three arguments.</summary>
        /// <typeparam name="T1">The type of an argument.</typeparam>
        /// <typeparam name="T2">The type of an argument.</typeparam>
        /// <typeparam name="T3">The type of an argument.</typeparam>
        /// <typeparam name="TResult">The type of the result.</typeparam>
        public abstract class Module<T1, T2, T3, TResult> :
            HookableModule<Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>, Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult>>,
            IModule<T1, T2, T3, TResult>
        {
            /// <summary>Makes a module.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>Computes the result, without hooks; use <see cref="call"/>.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <summary>Runs the hooks before, forward, and the hooks after.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3)
            {
                Run(ModulePreHooks);
                foreach (Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?> hook in PreHooks)
                {
                    if (hook(this, input1, input2, input3) is { } changed) (input1, input2, input3) = changed;
                }

                TResult result = forward(input1, input2, input3);
                foreach (Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult> hook in PostHooks)
                {
                    if (hook(this, input1, input2, input3, result) is { } changed) result = changed;
                }

                Run(ModulePostHooks);
                return result;
            }
        }
    }
}
