using System.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Finds and calls the method that lists the methods of a service.</summary>
internal static class ServiceBinding
{
    /// <exception cref="InvalidOperationException">The type is not a gRPC service.</exception>
    public static void Bind(Type serviceType, ServiceBinderBase binder)
    {
        BindServiceMethodAttribute attribute = serviceType.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
            ?? throw new InvalidOperationException(
                $"{serviceType} is not a gRPC service: no base class has {nameof(BindServiceMethodAttribute)}. "
                + "Derive it from a generated base class.");
        MethodInfo bind = attribute.BindType
            .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .FirstOrDefault(method => method.Name == attribute.BindMethodName && Takes(method, serviceType))
            ?? throw new InvalidOperationException(
                $"{attribute.BindType} has no static method {attribute.BindMethodName}({nameof(ServiceBinderBase)}, "
                + $"base of {serviceType.Name}).");
        bind.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [binder, null], null);
    }

    private static bool Takes(MethodInfo method, Type serviceType) =>
        method.GetParameters() is [var binder, var service]
        && binder.ParameterType == typeof(ServiceBinderBase)
        && service.ParameterType.IsAssignableFrom(serviceType);
}
