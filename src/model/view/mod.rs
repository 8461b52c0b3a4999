//! Typed, tolerant readings of resources: they never copy and never fail.

mod gateway_api;
mod istio;
mod kubernetes;

pub use gateway_api::{BackendRef, HttpRoute, ParentRef};
pub use istio::{
    AuthorizationPolicy, Destination, DestinationRule, Gateway, Protocol, Route, ServiceEntry, Subset,
    VirtualService, routes_of,
};
pub use kubernetes::{Service, ServicePort};

use super::kinds::Kind;
use super::resource::Resource;

/// A typed reading of a [`Resource`].
pub trait View<'m>: Copy {
    /// The kind it reads.
    const KIND: Kind;

    /// The view over a resource of that kind.
    fn of(resource: &'m Resource<'m>) -> Self;

    /// The resource behind the view.
    fn resource(self) -> &'m Resource<'m>;
}

/// Declares a view: a wrapper of a resource under one kind.
macro_rules! view {
    ($(#[$doc:meta])* $name:ident, $kind:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name<'m>(pub &'m $crate::model::Resource<'m>);

        impl<'m> $crate::model::View<'m> for $name<'m> {
            const KIND: $crate::model::Kind = $crate::model::Kind::$kind;

            fn of(resource: &'m $crate::model::Resource<'m>) -> Self {
                Self(resource)
            }

            fn resource(self) -> &'m $crate::model::Resource<'m> {
                self.0
            }
        }
    };
}
use view;
